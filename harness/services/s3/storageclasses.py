"""Storage classes: which there are, and whose objects must be restored before they are read."""

from harness.services.base.errors import ServiceError
from harness.services.base.service import Output
from harness.services.s3.errors import invalid_object_state

STANDARD = "STANDARD"

_CLASSES = frozenset({
    STANDARD, "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER",
    "DEEP_ARCHIVE", "GLACIER_IR",
})  # fmt: skip
_ARCHIVED = frozenset({"GLACIER", "DEEP_ARCHIVE"})


def require_known(storage_class: str) -> None:
    """Raise AWS's error unless an object can be written with *storage_class*."""
    if storage_class not in _CLASSES:
        raise ServiceError(
            "InvalidStorageClass",
            "The storage class you specified is not valid",
            error_fields={"StorageClassRequested": storage_class},
        )


def require_readable(storage_class: str) -> None:
    """Raise AWS's error for an object that lies in an archive."""
    if storage_class in _ARCHIVED:
        raise invalid_object_state(storage_class)


def shown(storage_class: str) -> Output:
    """Return what GetObject and HeadObject say: nothing of the ordinary one."""
    return {} if storage_class == STANDARD else {"StorageClass": storage_class}
