"""What a lane needs of the poller that it belongs to."""

from typing import Protocol

from harness.kernel.instant import Instant
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping
from harness.mappings.source import Shard, Stream, StreamKind


class LaneOwner(Protocol):
    """The poller of a shard, as its lanes see it."""

    machinery: Machinery
    mapping: Mapping
    kind: StreamKind
    stream: Stream
    shard: Shard
    cause: int | None
    identifier: str
    renews_lanes: bool
    """Whether other lanes take over as soon as these have ended what they had begun."""

    def note_progress(self, cause: int | None) -> None:
        """Move the checkpoint as far as the lanes are done."""
        ...

    def lane_is_free(self) -> None:
        """Look for more to read."""
        ...

    def poll_now(self) -> None:
        """Read what there is and let the lanes go on."""
        ...

    def next_unread_instant(self) -> Instant | None:
        """Return the instant of the next record that no lane has, or None."""
        ...
