"""Objects of S3, opened as a stream."""

from typing import Any

from workers.clients.aws import AWS_ERRORS, error_code
from workers.errors import RetryableError


class SupersededError(Exception):
    """The object was replaced before it was read: its successor has a notification of its own."""


def open_object(s3: Any, *, bucket: str, key: str, version_id: str, etag: str) -> Any:
    """Return the body of exactly the object that was announced.

    Without versions in the bucket the entity tag stands guard; SupersededError tells that it no
    longer fits.  Raises RetryableError when the object cannot be opened.
    """
    which: dict[str, str] = {}
    if version_id:
        which["VersionId"] = version_id
    elif etag:
        which["IfMatch"] = etag
    try:
        return s3.get_object(Bucket=bucket, Key=key, **which)["Body"]
    except AWS_ERRORS as error:
        code = error_code(error)
        if code in {"PreconditionFailed", "412"}:
            raise SupersededError from error
        raise RetryableError(f"the object cannot be opened: {code}") from None
