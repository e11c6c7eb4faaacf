"""put_object: an object arrives in a bucket."""

from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from harness.scenarios.payload import Payload
from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class PutObject(Payload, Step):
    """Put an object into a bucket: rows that become CSV, a text, a file, or generated content."""

    bucket: Annotated[str, "the bucket's name or logical id"]
    key: Annotated[str, "the object key"]

    @override
    def run(self, run: Run) -> None:
        """Put it."""
        bucket = run.bucket(self.bucket, self.where("bucket"))
        run.world.call(
            "s3", "PutObject", {"Bucket": bucket.name, "Key": self.key, "Body": self.content(run)}
        )
