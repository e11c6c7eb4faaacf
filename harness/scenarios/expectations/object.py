"""object: one object of a bucket."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.rendering import flow
from harness.scenarios.expectations.expectation import (
    Expectation,
    Finding,
    Objection,
    Observation,
)
from harness.scenarios.run import Run
from harness.scenarios.shapes.expected import Whole
from harness.services.base.errors import ServiceError


@dataclass(frozen=True, slots=True)
class Object(Expectation):
    """One object of a bucket: its content as `text`, or that it is `absent`."""

    bucket: Annotated[str, "the bucket's name or logical id"]
    key: Annotated[str, "the object key"]
    text: Annotated[Whole | None, "its content; `$json` reads it"] = None
    gzip: Annotated[bool, "the content is compressed"] = False
    absent: Annotated[bool, "true: there is no such object"] = False

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse none and both."""
        if (self.text is None) != self.absent:
            return self.node, "give exactly one of text, absent"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Read the object."""
        bucket = run.bucket(self.bucket, self.where("bucket")).name
        what, about = f"object {self.bucket} {self.key}", f"{bucket}/{self.key}"
        seen = self._content(run, bucket)
        if self.text is None:
            if seen is not None:
                yield Objection(self.where("absent"), what, "no object", flow(seen), about)
        elif seen is None:
            yield Objection(self.where("text"), what, self.text.shown(), "no object", about)
        else:
            yield Observation(self.text, seen, what, about)

    def _content(self, run: Run, bucket: str) -> str | None:
        try:
            answer = run.world.call("s3", "GetObject", {"Bucket": bucket, "Key": self.key})
        except ServiceError as error:
            if error.code != "NoSuchKey":
                raise
            return None
        content: bytes = answer["Body"].read()
        if self.gzip:
            content = gzip.decompress(content)
        return content.decode("utf-8", "replace")
