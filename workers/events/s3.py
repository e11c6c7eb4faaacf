"""S3 notifications: which objects were created.

A worker that runs out of time before the end of an object writes such an event itself, with the place
from which to go on::

    {"Records": [{"eventName": "ObjectCreated:Resumed",
                  "s3": {"bucket": {"name": ...}, "object": {"key": ..., "versionId": ..., ...}},
                  "resume": {"afterLine": 1200}}]}
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote_plus, unquote_plus
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
    after_line: int = 0
    """The place: the line number of the last row that was taken; 0 for an object not begun."""

    @property
    def correlation_id(self) -> str:
        """An id made from what identifies the object.

        Lambda repeats a failed asynchronous event, and S3 may announce an object twice: the same
        object must give the same records each time.
        """
        version = self.version_id or f"{self.etag}/{self.sequencer}"
        return str(uuid5(NAMESPACE_URL, f"s3://{self.bucket}/{self.key}?{version}"))


def created_objects(event: Mapping[str, Any]) -> list[CreatedObject]:
    """Return the objects that *event* announces; raises PermanentError for another event.

    The same for one whose place cannot be read: from the start everything would be loaded again.
    """
    try:
        return [
            _created_object(record["s3"], _after_line(record))
            for record in event["Records"]
            if record["eventName"].startswith("ObjectCreated:")
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise PermanentError("the event is no S3 notification") from error


def _after_line(record: Mapping[str, Any]) -> int:
    if "resume" not in record:
        return 0
    line = record["resume"]["afterLine"]
    if type(line) is not int or line < 1:
        raise PermanentError("the place to go on from is no line number")
    return line


def resuming_event(objects: Iterable[CreatedObject]) -> dict[str, Any]:
    """Return the event that announces *objects* again, each with its place.

    `created_objects` reads the same objects out of it, so that their records stay the same.
    """
    return {"Records": [_resuming_record(created) for created in objects]}


def _resuming_record(created: CreatedObject) -> dict[str, Any]:
    record: dict[str, Any] = {
        "eventName": "ObjectCreated:Resumed",
        "s3": {
            "bucket": {"name": created.bucket},
            "object": {
                "key": quote_plus(created.key, safe="/"),
                "eTag": created.etag,
                "versionId": created.version_id,
                "sequencer": created.sequencer,
            },
        },
    }
    if created.after_line:
        record["resume"] = {"afterLine": created.after_line}
    return record


def _created_object(s3: Mapping[str, Any], after_line: int) -> CreatedObject:
    described = s3["object"]
    return CreatedObject(
        bucket=s3["bucket"]["name"],
        # Keys arrive as in an HTML form: a blank is a plus sign.
        key=unquote_plus(described["key"]),
        etag=described.get("eTag", ""),
        version_id=described.get("versionId", ""),
        sequencer=described.get("sequencer", ""),
        after_line=after_line,
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
