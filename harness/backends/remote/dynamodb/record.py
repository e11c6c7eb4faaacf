"""One record of a table's change stream, made of what the backend's record says."""

from typing import Any

from typing_extensions import override

from harness.backends.remote.dynamodb.changes import ItemChange
from harness.kernel.instant import Instant
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.changestream import StreamRecord, UserIdentity
from harness.services.dynamodb.storeditems import StoredItem, pack

_NO_SCHEMA: Any = None
"""The keys are told by the backend, and need not be picked from an image."""


class RemoteRecord(StreamRecord, gc=False, eq=False, kw_only=True):
    """The engine's record, with keys that the backend has told."""

    told_keys: Item

    @property
    @override
    def keys(self) -> Item:
        return self.told_keys

    @property
    @override
    def text_bound(self) -> int:
        return self.text_size

    @property
    @override
    def may_hold_binary(self) -> bool:
        return True  # its keys are told, whatever they hold


def remote_record(  # noqa: PLR0913 - what a record is, made in one place
    change: ItemChange,
    created: Instant,
    number: int,
    prefix: str,
    user_identity: UserIdentity | None,
    *,
    shows_old: bool = True,
    shows_new: bool = True,
) -> RemoteRecord:
    """Return the record of *change*, with the images that its stream shows."""
    return RemoteRecord(
        _NO_SCHEMA,
        ("", ""),
        _stored(change.old_image if shows_old else None),
        _stored(change.new_image if shows_new else None),
        change.event_name,
        created,
        number,
        prefix,
        user_identity,
        told_keys=change.keys,
    )


def _stored(image: Item | None) -> StoredItem | None:
    return None if image is None else StoredItem(pack(image))
