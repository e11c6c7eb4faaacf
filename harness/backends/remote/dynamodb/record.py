"""One record of a table's change stream, made of what the backend's record says."""

from typing import Any

from typing_extensions import override

from harness.backends.remote.dynamodb.changes import ItemChange
from harness.kernel.instant import Instant
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.changestream import StreamRecord, UserIdentity

_NO_SCHEMA: Any = None
"""The keys are told by the backend, and need not be picked from an image."""


class RemoteRecord(StreamRecord):
    """The engine's record, with images that are plain items."""

    __slots__ = ("_change", "_shows_new", "_shows_old")

    def __init__(  # noqa: PLR0913 - what a record is, made in one place
        self,
        change: ItemChange,
        created: Instant,
        number: int,
        prefix: str,
        user_identity: UserIdentity | None,
        *,
        shows_old: bool = True,
        shows_new: bool = True,
    ) -> None:
        super().__init__(
            _NO_SCHEMA,
            ("", ""),
            None,
            None,
            change.event_name,
            created,
            number,
            prefix,
            user_identity,
        )
        self._change = change
        self._shows_old = shows_old
        self._shows_new = shows_new

    @property
    @override
    def keys(self) -> Item:
        return self._change.keys

    @property
    @override
    def old_image(self) -> Item | None:
        return self._change.old_image if self._shows_old else None

    @property
    @override
    def new_image(self) -> Item | None:
        return self._change.new_image if self._shows_new else None

    @property
    @override
    def text_bound(self) -> int:
        return self.text_size
