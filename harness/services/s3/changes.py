"""What S3 announces on the change feed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ObjectCreated:
    """An object, or a new version of one, is there.  *etag* stands without quotes."""

    bucket_name: str
    object_key: str
    size: int
    etag: str
    sequencer: str
    version_id: str | None
    event_name: str
    """``ObjectCreated:Put``, ``:Copy`` or ``:CompleteMultipartUpload``."""


@dataclass(frozen=True, slots=True)
class ObjectRemoved:
    """An object, or one version of it, is gone; or a delete marker hides it."""

    bucket_name: str
    object_key: str
    sequencer: str
    version_id: str | None
    event_name: str
    """``ObjectRemoved:Delete`` or ``:DeleteMarkerCreated``."""
