"""The state of one account's DynamoDB: its tables, their streams, and how an item changes."""

from collections import deque
from collections.abc import Iterator

from harness.kernel.instant import Duration, Instant, iso
from harness.services.base.service import Surroundings
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.backup import Backup
from harness.services.dynamodb.changes import ItemChanged, StreamRecordAdded
from harness.services.dynamodb.changestream import ChangeStream, StreamShard
from harness.services.dynamodb.errors import table_not_found
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.resourcepolicy import ResourcePolicy
from harness.services.dynamodb.storeditems import StoredItem
from harness.services.dynamodb.streamrecord import StreamRecord, UserIdentity
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.tabledefinition import check_table_name
from harness.services.dynamodb.throttling import Throttle

_TIME_TO_LIVE_IDENTITY: UserIdentity = {
    "Type": "Service",
    "PrincipalId": "dynamodb.amazonaws.com",
}


class Database:
    """Tables by name, and everything that outlives a table."""

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        stream_shard_count: int = 1,
        stream_shard_lifetime: Duration | None = None,
        limits_throughput: bool = False,
    ) -> None:
        self.surroundings = surroundings
        self.stream_shard_count = stream_shard_count
        """How many shards every new stream has; an item's partition key chooses among them."""
        self.stream_shard_lifetime = stream_shard_lifetime
        """After how long a child takes over from a shard, at the next change; None for never."""
        self.throttle = Throttle() if limits_throughput else None
        """What holds tables to their provisioned throughput; None for no limits."""
        self.tables: dict[str, Table] = {}
        self.streams: dict[str, tuple[Table, ChangeStream]] = {}
        """Every stream by its ARN, closed ones and those of deleted tables included."""
        self.policies: dict[str, ResourcePolicy] = {}
        """The resource policies of tables and streams, by whose ARN they are attached to."""
        self.backups: dict[str, Backup] = {}
        """The backups of all tables, those that are gone included, by ARN and in order."""
        self.transaction_tokens: dict[str, bytes] = {}
        """Client request tokens of the last ten minutes -> what was asked."""
        self.transaction_order: deque[tuple[Instant, str]] = deque()

    def table(self, name: str) -> Table:
        """Return the table called *name*, or whose ARN it is, for an operation on its items."""
        table = self.tables.get(name)
        if table is None:
            table = self.tables.get(_name_in_arn(name))
            if table is None or table.arn != name:
                if not name.startswith("arn:"):
                    check_table_name(name)
                raise table_not_found()
        return table

    def described_table(self, name: str) -> Table:
        """Return the table for an operation on the table itself, whose error names it."""
        table = self.tables.get(name) or self.tables.get(_name_in_arn(name))
        if table is None:
            if not name.startswith("arn:"):
                check_table_name(name)
            raise table_not_found(name)
        return table

    def write(  # noqa: PLR0913, PLR0917 - called once a change: keywords would cost
        self,
        table: Table,
        primary_key: PrimaryKey,
        old: StoredItem | None,
        new: StoredItem | None,
        now: Instant,
        seen: Item | None = None,
        user_identity: UserIdentity | None = None,
    ) -> None:
        """Put *new* in the place of *old* and announce it, unless it *is* old: no change at all.

        *seen* is *new*, or what the table watches of it, where the caller has it unpacked.
        """
        if old is new:
            return
        table.replace(primary_key, old, new, seen)
        changes = self.surroundings.changes
        stream = table.stream
        has_listeners = changes.has_listeners(ItemChanged)
        if stream is None and not has_listeners:
            return
        number = table.change_count = table.change_count + 1
        event_name = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
        record = StreamRecord(
            table.keys,
            primary_key,
            old,
            new,
            event_name,
            now,
            number,
            table.event_prefix,
            user_identity,
        )
        if has_listeners:
            changes.announce(ItemChanged(table.name, record))
        if stream is not None:
            self._record(table, stream, record, now)

    def _record(
        self, table: Table, stream: ChangeStream, record: StreamRecord, now: Instant
    ) -> None:
        if not (stream.shows_old and stream.shows_new):
            record = record.showing(has_old=stream.shows_old, has_new=stream.shows_new)
        shard = stream.shard_of(record.primary_key)
        lifetime = self.stream_shard_lifetime
        if lifetime is not None and now - shard.opened_at >= lifetime:
            (shard,) = self.replace_shard(table, shard.shard_id, 1, now)
        shard.append(record)
        changes = self.surroundings.changes
        if changes.has_listeners(StreamRecordAdded):
            changes.announce(StreamRecordAdded(table.name, shard.shard_id))

    def expire(self, now: Instant) -> int:
        """Delete the items whose time to live has passed; return how many."""
        count = 0
        for table in self._mortal_tables():
            assert table.time_to_live is not None, "only tables with a time to live"
            for primary_key in table.time_to_live.expired(table.items, now):
                old = table.items.stored[primary_key]
                self.write(
                    table, primary_key, old, None, now, user_identity=_TIME_TO_LIVE_IDENTITY
                )
                count += 1
        return count

    def next_expiry(self, now: Instant) -> Instant | None:
        """Return when the next item expires, never before *now*; None if none does."""
        expiries = [
            expiry
            for table in self._mortal_tables()
            if table.time_to_live is not None
            and (expiry := table.time_to_live.next_expiry(table.items, now)) is not None
        ]
        return min(expiries, default=None)

    def open_stream(self, table: Table, view_type: str, now: Instant) -> ChangeStream:
        """Give *table* a new stream and return it."""
        label = iso(now)[:-1]
        arn = f"{table.arn}/stream/{label}"
        shard_ids = sorted(self._shard_id(now // 1000) for _ in range(self.stream_shard_count))
        number = table.change_count
        table.stream = ChangeStream(arn, label, view_type, shard_ids, now, number)
        self.streams[arn] = (table, table.stream)
        return table.stream

    def replace_shard(
        self, table: Table, shard_id: str, count: int, now: Instant
    ) -> list[StreamShard]:
        """End an open shard of *table*'s stream; *count* children follow it, in its place.

        AWS does so every few hours, and with two children under load.  Raises `KeyError` where
        the stream has no such open shard.
        """
        stream = table.stream
        if stream is None:
            raise KeyError(f"{table.name} has no enabled stream")
        # Ids tell the milliseconds of their birth, and a child's is later than its parent's.
        moment = max(now // 1000, int(shard_id.split("-")[1]) + 1)
        child_ids = sorted(self._shard_id(moment) for _ in range(count))
        children = stream.replace(shard_id, child_ids, now, table.change_count)
        changes = self.surroundings.changes
        for name in (shard_id, *child_ids):
            changes.announce(StreamRecordAdded(table.name, name))
        return children

    def close_stream(self, table: Table, now: Instant) -> None:
        """Let the stream of *table*, if it has one, take no more records."""
        if table.stream is not None:
            table.stream.close(now)
            table.stream = None

    def _shard_id(self, milliseconds: int) -> str:
        tail = self.surroundings.identifiers.hexadecimal("dynamodb.shards", 8)
        return f"shardId-{milliseconds:020d}-{tail}"

    def _mortal_tables(self) -> Iterator[Table]:
        return (table for table in self.tables.values() if table.time_to_live is not None)


def _name_in_arn(arn: str) -> str:
    return arn.rpartition(":table/")[2]
