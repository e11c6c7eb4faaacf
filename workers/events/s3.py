"""S3 notifications: which objects were created."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus
from uuid import NAMESPACE_URL, uuid5

import msgspec

from workers.errors import PermanentError


class CreatedObject(msgspec.Struct, frozen=True):
    """One object, as its notification names it; the key is decoded."""

    bucket: str
    key: str
    etag: str = ""
    version_id: str = ""
    sequencer: str = ""

    @property
    def correlation_id(self) -> str:
        """An id made from what identifies the object.

        Lambda repeats a failed asynchronous event, and S3 may announce an object twice: the same
        object must give the same records each time.
        """
        version = self.version_id or f"{self.etag}/{self.sequencer}"
        return str(uuid5(NAMESPACE_URL, f"s3://{self.bucket}/{self.key}?{version}"))


def created_objects(event: Mapping[str, Any]) -> list[CreatedObject]:
    """Return the objects that *event* announces; raises PermanentError for another event."""
    try:
        return [
            _created_object(record["s3"])
            for record in event["Records"]
            if record["eventName"].startswith("ObjectCreated:")
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise PermanentError("the event is no S3 notification") from error


def _created_object(s3: Mapping[str, Any]) -> CreatedObject:
    described = s3["object"]
    return CreatedObject(
        bucket=s3["bucket"]["name"],
        # Keys arrive as in an HTML form: a blank is a plus sign.
        key=unquote_plus(described["key"]),
        etag=described.get("eTag", ""),
        version_id=described.get("versionId", ""),
        sequencer=described.get("sequencer", ""),
    )


class ObjectBatch(msgspec.Struct, frozen=True):
    """The objects of one event."""

    objects: list[CreatedObject]

    @property
    def correlation_ids(self) -> set[str]:
        """The id of each object."""
        return {created.correlation_id for created in self.objects}

    @property
    def traceparents(self) -> set[str]:
        """Nothing: S3 carries no trace context."""
        return set()


def object_batch(event: Mapping[str, Any]) -> ObjectBatch:
    """Return the objects that *event* announces."""
    return ObjectBatch(created_objects(event))
