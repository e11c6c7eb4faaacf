"""The poller of one shard for one mapping: read, filter, hand to lanes, keep the checkpoint.

It reads at the instants of a grid (every second for Kinesis, every quarter for DynamoDB), and
without waiting while it is behind.  No timer is set while there is nothing to read: the change
feed wakes it, and the next instant of the grid is worked out then.
"""

from collections.abc import Callable
from typing import Any

from harness.kernel.instant import Instant
from harness.kernel.scheduler import Timer
from harness.mappings.batchjournal import note_checkpoint, note_dropped
from harness.mappings.checkpoint import checkpoint_position
from harness.mappings.filtering import Filter
from harness.mappings.lane import Lane
from harness.mappings.lanes import lane_index
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping
from harness.mappings.source import Shard, Stream, StreamKind

READ_AHEAD = 10_000
"""How many records the lanes of a shard may have gathered before reading stops."""

_PHASES = 8


class ShardPoller:
    """Reads one shard.

    States: idle (nothing to read, no timer), due (a timer is set), blocked (no lane has room, or
    a parent shard is not finished), finished (the shard is closed and everything is done).
    """

    def __init__(  # noqa: PLR0913 - a poller stands between a mapping, a stream and the world
        self,
        mapping: Mapping,
        machinery: Machinery,
        kind: StreamKind,
        stream: Stream,
        shard: Shard,
        *,
        position: int,
        identifier: str,
        has_unfinished_parents: Callable[[Shard], bool],
        finished: Callable[[Shard], None],
    ) -> None:
        self.mapping = mapping
        self.machinery = machinery
        self.kind = kind
        self.stream = stream
        self.shard = shard
        self.position = position
        """What is read next."""
        self.checkpoint = position
        """Everything before it is done."""
        self.filter: Filter | None = None
        self.cause: int | None = None
        self.identifier = identifier
        self._has_unfinished_parents = has_unfinished_parents
        self._finished = finished
        self._timer: Timer | None = None
        self._is_finished = False
        """Once it is, it stays so: looking through all ancestors each time would cost too much."""
        self._lanes = self._new_lanes()
        self.renews_lanes = False
        """Whether nothing is read until the lanes have ended, because others take their place."""
        self._phase = (
            kind.poll_interval * machinery.chooser.choose("poll.phase", _PHASES) // _PHASES
        )

    @property
    def is_finished(self) -> bool:
        """Whether the shard is closed, and everything in it and in its parents is done.

        Of shards that were replaced twice in a row the middle one may be empty: its children wait
        for its parents all the same.
        """
        if not self._is_finished:
            self._is_finished = (
                self.shard.is_closed
                and self.position >= self.shard.end
                and all(lane.is_done for lane in self._lanes)
                and not self._has_unfinished_parents(self.shard)
            )
        return self._is_finished

    def wake(self) -> None:
        """Poll at the next instant of the grid, if there is something to poll for."""
        if self._timer is not None or not self._room():
            return
        if self.position < self.shard.end:
            sort = "records" if self.mapping.source_kind == "kinesis" else "item"
            self.cause = self.machinery.latest_entry(sort)
        elif not (self.shard.is_closed and any(lane.has_open_window for lane in self._lanes)):
            return
        self._schedule(self._grid_instant_from(self.machinery.scheduler.now))

    def poll_now(self) -> None:
        """Read what there is and let the lanes go on."""
        self._timer_is_over()
        may_read = self._may_read()
        if may_read:
            self._read_all()
        for lane in self._lanes:
            lane.advance()
        self._renew_lanes_if_done()
        is_behind = may_read and self.position < self.shard.end
        if is_behind and self._room() and self._timer is None:
            # Behind: there is more than one poll returns, or what it returned was filtered out.
            self._schedule(self.machinery.scheduler.now)
        if self.is_finished:
            self._finished(self.shard)

    def renew_lanes(self) -> None:
        """Let other lanes take over, for other settings, once these have ended what they began."""
        self.renews_lanes = True
        self._renew_lanes_if_done()

    def _renew_lanes_if_done(self) -> None:
        if self.renews_lanes and all(lane.is_done for lane in self._lanes):
            self._lanes = self._new_lanes()
            self.renews_lanes = False

    def _new_lanes(self) -> list[Lane]:
        return [Lane(self) for _ in range(self.mapping.parallelization_factor)]

    # What lanes ask

    def lane_is_free(self) -> None:
        """Look for more to read: at once what earlier polls would have seen, else on the grid."""
        self._renew_lanes_if_done()
        if self.is_finished:
            self._finished(self.shard)
            return
        if self._timer is not None or not self._room():
            return
        instant = self.next_unread_instant()
        if instant is None:
            if self.position < self.shard.end:
                # What was left to read has expired meanwhile: note that, and let children go on.
                self.poll_now()
            return
        now = self.machinery.scheduler.now
        interval = self.kind.poll_interval
        if instant <= now - (now - self._phase) % interval:
            self.poll_now()
        else:
            self._schedule(self._grid_instant_from(now))

    def next_unread_instant(self) -> Instant | None:
        """Return the instant of the next record that no lane has, or None."""
        records = self.shard.read(self.position, 1)
        return self.kind.instant_of(records[0]) if records else None

    def note_progress(self, cause: int | None) -> None:
        """Move the checkpoint as far as the lanes are done, and write it down."""
        position = checkpoint_position(self.position, [lane.first_pending for lane in self._lanes])
        assert position >= self.checkpoint, "a checkpoint never goes back"
        if position == self.checkpoint:
            return
        self.checkpoint = position
        note_checkpoint(self, position, cause)

    # Reading

    def _may_read(self) -> bool:
        return self.mapping.is_enabled and not self._has_unfinished_parents(self.shard)

    def _room(self) -> int:
        """Return how many records may be read now."""
        if self.renews_lanes:
            return 0
        if len(self._lanes) == 1:
            return self._lanes[0].room
        return READ_AHEAD - sum([len(lane.gathering.records) for lane in self._lanes])

    def _read_all(self) -> None:
        """Read until the lanes are full, the shard ends, or one poll's worth has been read."""
        left = self.kind.read_limit
        while left > 0:
            room = min(self._room(), left)
            count = self._read(room) if room > 0 else 0
            if not count:
                return
            left -= count

    def _read(self, limit: int) -> int:
        """Hand up to *limit* records to the lanes and return how many were read."""
        start = self.position
        horizon = self.shard.trim_horizon
        if start < horizon:
            note_dropped(self, "RecordsTrimmed", None, size=horizon - start)
            start = self.position = horizon
        records = self.shard.read(start, limit)
        count = len(records)
        if not count:
            return 0
        self.position = start + count
        passing: Any = records
        positions: Any = range(start, start + count)
        if self.filter is not None:
            passing, positions = self._filtered(records, start)
        if len(self._lanes) == 1:
            self._lanes[0].gathering.add(passing, positions)
        else:
            self._spread(passing, positions)
        if len(passing) < count:
            self.note_progress(self.cause)
        return count

    def _filtered(self, records: Any, start: int) -> tuple[list[Any], list[int]]:
        """Return the records that pass the filter, and their positions."""
        assert self.filter is not None, "there is a filter to pass"
        passes, view, shard_id = self.filter, self.kind.filter_view, self.shard.shard_id
        positions = [
            start + index for index, record in enumerate(records) if passes(view(record, shard_id))
        ]
        return [records[position - start] for position in positions], positions

    def _spread(self, records: Any, positions: Any) -> None:
        factor, lane_key = len(self._lanes), self.kind.lane_key
        for record, position in zip(records, positions, strict=True):
            gathering = self._lanes[lane_index(lane_key(record), factor)].gathering
            gathering.records.append(record)
            gathering.positions.append(position)

    # Timers

    def _grid_instant_from(self, now: Instant) -> Instant:
        """Return the first instant of the grid that is not before *now*."""
        return Instant(now + (self._phase - now) % self.kind.poll_interval)

    def _schedule(self, due: Instant) -> None:
        self._timer = self.machinery.scheduler.at(due, self.poll_now, "poll of a shard")

    def _timer_is_over(self) -> None:
        if self._timer is not None:
            self.machinery.scheduler.cancel(self._timer)
            self._timer = None
