"""object: one object of a bucket."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.expectations.expectation import (
    Expectation,
    Finding,
    Objection,
    Observation,
)
from harness.scenarios.matchers.expected import Whole
from harness.scenarios.run import Run
from harness.services.base.errors import ServiceError

_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Object(Expectation):
    """One object of a bucket: its text, or that it is `absent`.  Gzip is unpacked first."""

    bucket: Annotated[str, "the bucket's name or logical id"]
    key: Annotated[str, "the object key"]
    text: Annotated[Whole | None, "its content; `{$json: ...}` reads it as JSON"] = None
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
        bucket = run.bucket(self.bucket, self.where("bucket"))
        what = f"object {self.bucket}/{self.key}"
        about = f"{bucket.name}/{self.key}"
        content = _text(run, bucket.name, self.key)
        if self.absent:
            if content is not None:
                seen = f"an object of {len(content)} characters"
                yield Objection(self.where("absent"), what, "no object", seen, about)
            return
        assert self.text is not None, "complaint() has seen to it"
        if content is None:
            yield Objection(self.where("text"), what, self.text.shown(), "no object", about)
        else:
            yield Observation(self.text, content, what, about)


def _text(run: Run, bucket_name: str, object_key: str) -> str | None:
    try:
        answer = run.world.call("s3", "GetObject", {"Bucket": bucket_name, "Key": object_key})
    except ServiceError as error:
        if error.code == "NoSuchKey":
            return None
        raise
    body = answer["Body"]
    data: bytes = body if isinstance(body, bytes) else body.read()
    return (gzip.decompress(data) if data.startswith(_GZIP_MAGIC) else data).decode()
