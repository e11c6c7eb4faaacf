"""Storage classes: which there are, and what is said of them."""

from harness.services.base.errors import ServiceError
from harness.services.base.service import Output

STANDARD = "STANDARD"

_WATERFALL = (
    STANDARD, "REDUCED_REDUNDANCY", "STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR",
    "GLACIER", "DEEP_ARCHIVE",
)  # fmt: skip
"""The classes in the order in which lifecycle rules move objects through them."""


def depth(storage_class: str) -> int:
    """Return how far down lifecycle rules have moved an object of this class."""
    return _WATERFALL.index(storage_class)


def require_known(storage_class: str) -> None:
    """Raise AWS's error unless an object can be written with *storage_class*."""
    if storage_class not in _WATERFALL:
        raise ServiceError(
            "InvalidStorageClass",
            "The storage class you specified is not valid",
            error_fields={"StorageClassRequested": storage_class},
        )


def shown(storage_class: str) -> Output:
    """Return what GetObject and HeadObject say: nothing of the ordinary one."""
    return {} if storage_class == STANDARD else {"StorageClass": storage_class}
