"""Storage classes: which there are, and what is said of them."""

from harness.services.base.errors import ServiceError
from harness.services.base.service import Output

STANDARD = "STANDARD"

_CLASSES = frozenset({
    STANDARD, "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER",
    "DEEP_ARCHIVE", "GLACIER_IR",
})  # fmt: skip


def require_known(storage_class: str) -> None:
    """Raise AWS's error unless an object can be written with *storage_class*."""
    if storage_class not in _CLASSES:
        raise ServiceError(
            "InvalidStorageClass",
            "The storage class you specified is not valid",
            error_fields={"StorageClassRequested": storage_class},
        )


def shown(storage_class: str) -> Output:
    """Return what GetObject and HeadObject say: nothing of the ordinary one."""
    return {} if storage_class == STANDARD else {"StorageClass": storage_class}
