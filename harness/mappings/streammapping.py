"""An event source mapping on a stream: a poller for each shard, children after their parents."""

from dataclasses import replace

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.mappings.filtering import compile_filters
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping
from harness.mappings.shardpoller import ShardPoller
from harness.mappings.source import Shard, Stream, StreamKind
from harness.runtime.destinations import check_destination

_FIXED_SETTINGS = ("source_kind", "source_name", "source_arn", "starting_position")
_LANE_SETTINGS = ("parallelization_factor", "tumbling_window")
"""What lanes are made for: others take over as soon as those have ended what they had begun."""


class StreamMapping:
    """Reads all shards of a stream for one function."""

    def __init__(
        self,
        mapping: Mapping,
        machinery: Machinery,
        kind: StreamKind,
        stream: Stream,
        *,
        identifier: str | None = None,
    ) -> None:
        _check(mapping)
        self.mapping = mapping
        self._machinery = machinery
        self._kind = kind
        self._stream = stream
        self._shards = stream.shards
        self._filter = compile_filters(mapping.filters, mapping.source_kind)
        self.identifier = identifier or machinery.identifiers.uuid("mapping")
        """The mapping's UUID, which names its objects in an on-failure bucket."""
        self.pollers: dict[str, ShardPoller] = {}

    def start(self) -> None:
        """Begin at the starting position in every shard there is."""
        for shard in list(self._shards.values()):
            self._add(shard, self._starting_position(shard)).wake()

    def shard_has_changed(self, shard_id: str) -> None:
        """Take note of new records in a shard, or of a shard that is new itself."""
        if self._stream.shards is not self._shards:
            # The stream was deleted and made again: nothing of the old one is left to read.
            self._shards = self._stream.shards
            self.pollers = {}
        poller = self.pollers.get(shard_id)
        if poller is None:
            shard = self._shards.get(shard_id)
            if shard is None:
                return
            # What is opened after the mapping began is read from its beginning, LATEST or not.
            poller = self._add(shard, 0)
        poller.wake()

    def shards_have_changed(self) -> None:
        """Take note that shards were opened or closed."""
        for shard_id in [*self.pollers, *self._stream.shards]:
            self.shard_has_changed(shard_id)

    def stop(self) -> None:
        """Read no more; what is under way ends, and is not tried again."""
        self.deploy(replace(self.mapping, is_enabled=False))

    def deploy(self, mapping: Mapping, kind: StreamKind | None = None) -> None:
        """Go on with other settings; the source cannot be another one.

        *kind* is how the stream is read from now on, where that depends on the settings.
        """
        for setting in _FIXED_SETTINGS:
            if getattr(mapping, setting) != getattr(self.mapping, setting):
                raise UnsupportedError(
                    f"{mapping.logical_id}: changing {setting} of a running mapping is not modelled"
                )
        _check(mapping)
        self._filter = compile_filters(mapping.filters, mapping.source_kind)
        self._kind = kind or self._kind
        has_new_lanes = any(
            getattr(mapping, setting) != getattr(self.mapping, setting)
            for setting in _LANE_SETTINGS
        )
        self.mapping = mapping
        for poller in list(self.pollers.values()):
            poller.mapping = mapping
            poller.kind = self._kind
            if has_new_lanes:
                poller.renew_lanes()
            poller.filter = self._filter
            poller.poll_now()

    def _add(self, shard: Shard, position: int) -> ShardPoller:
        poller = ShardPoller(
            self.mapping,
            self._machinery,
            self._kind,
            self._stream,
            shard,
            position=position,
            identifier=self.identifier,
            has_unfinished_parents=self._has_unfinished_parents,
            finished=self._wake_children,
        )
        poller.filter = self._filter
        self.pollers[shard.shard_id] = poller
        return poller

    def _starting_position(self, shard: Shard) -> int:
        mapping = self.mapping
        if mapping.starting_position == "LATEST":
            return shard.end
        if mapping.starting_position == "TRIM_HORIZON":
            return shard.trim_horizon
        assert mapping.starting_timestamp is not None, "AT_TIMESTAMP names an instant"
        return self._position_at(shard, mapping.starting_timestamp)

    def _position_at(self, shard: Shard, instant: Instant) -> int:
        """Return the position of the first record that came at *instant* or later."""
        low, high = shard.trim_horizon, shard.end
        while low < high:
            middle = (low + high) // 2
            (record,) = shard.read(middle, 1)
            if self._kind.instant_of(record) < instant:
                low = middle + 1
            else:
                high = middle
        return low

    def _has_unfinished_parents(self, shard: Shard) -> bool:
        """Whether a parent is still being read; one that has left the stream is not."""
        unfinished = False
        for parent_id in shard.parent_shard_ids:
            parent = self.pollers.get(parent_id)
            if parent is None and parent_id in self._shards:
                # It never had a record to be heard of, and may stand between others that have.
                parent = self._add(self._shards[parent_id], 0)
            if parent is not None and not parent.is_finished:
                parent.wake()
                unfinished = True
        return unfinished

    def _wake_children(self, parent: Shard) -> None:
        """Let the children of a shard that is finished go on; where they are empty, theirs."""
        for poller in list(self.pollers.values()):
            if parent.shard_id not in poller.shard.parent_shard_ids:
                continue
            if poller.is_finished:
                self._wake_children(poller.shard)
            else:
                poller.wake()


def _check(mapping: Mapping) -> None:
    """Refuse, by name, a destination that nothing stands behind."""
    if mapping.on_failure is not None:
        check_destination(mapping.on_failure, mapping.logical_id)
