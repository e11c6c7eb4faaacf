"""DynamoDB of the backend: every call passes here, and what it changed is announced.

Each table gets a stream of both images, whatever its owner asked for, so that no change goes
unseen; its owner sees the one that was asked for.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from harness.backends.lacking import BackendError, LackingError
from harness.backends.remote.connection import Connection
from harness.backends.remote.dynamodb.changes import ItemChange, changes_of
from harness.backends.remote.dynamodb.expiry import has_expired
from harness.backends.remote.dynamodb.feed import StreamFeed
from harness.backends.remote.dynamodb.record import remote_record
from harness.backends.remote.dynamodb.table import RemoteTable
from harness.backends.remote.operations import Operation, operations
from harness.backends.remote.patience import eventually
from harness.kernel.instant import Instant, iso
from harness.services.base.service import Output, Parameters, Surroundings
from harness.services.dynamodb.changes import ItemChanged, StreamRecordAdded
from harness.services.dynamodb.changestream import ChangeStream, UserIdentity
from harness.services.dynamodb.operations.registry import OPERATIONS as KNOWN

_TIME_TO_LIVE_IDENTITY: UserIdentity = {
    "Type": "Service",
    "PrincipalId": "dynamodb.amazonaws.com",
}
_EVERYTHING = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}


class RemoteDynamoDB:
    """The tables of the backend's account, as far as they were made through here."""

    def __init__(
        self,
        surroundings: Surroundings,
        connection: Connection,
        streams: Connection,
        *,
        has_virtual_clock: bool,
    ) -> None:
        self.has_virtual_clock = has_virtual_clock
        """Whether items expire by the world's clock."""
        self.surroundings = surroundings
        self.connection = connection
        self.streams = streams
        self.tables: dict[str, RemoteTable] = {}

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation that the engine knows."""
        return _OPERATIONS

    def open_stream(self, arn: str, view_type: str, now: Instant) -> ChangeStream:
        """Return the stream that a table's owner asked for."""
        digits = self.surroundings.identifiers.hexadecimal("dynamodb.shards", 8)
        shard_id = f"shardId-{now // 1000:020d}-{digits}"
        return ChangeStream(arn, iso(now)[:-1], view_type, [shard_id], now)

    def take_in(
        self, table: RemoteTable, now: Instant, user_identity: UserIdentity | None = None
    ) -> None:
        """Read what the last call changed in *table*, and announce it."""
        for change in changes_of(table.feed.fetch(), self.connection.findings):
            self._announce(table, change, now, user_identity)

    def _announce(
        self,
        table: RemoteTable,
        change: ItemChange,
        now: Instant,
        user_identity: UserIdentity | None,
    ) -> None:
        changes = self.surroundings.changes
        table.change_count += 1

        told = (change, now, table.change_count, table.event_prefix, user_identity)
        changes.announce(ItemChanged(table.name, remote_record(*told)))
        stream = table.stream
        if stream is None:
            return
        shard = next(iter(stream.shards.values()))
        shard.append(remote_record(*told, shows_old=stream.shows_old, shows_new=stream.shows_new))
        changes.announce(StreamRecordAdded(table.name, shard.shard_id))

    def expire(self, now: Instant) -> int:
        """Delete the items whose time to live has passed; return how many."""
        count = 0
        for table in self.tables.values():
            attribute = table.time_to_live_attribute
            if attribute is None:
                continue
            for item in table.items.values():
                if has_expired(item, attribute, now):
                    key = {name: item[name] for name in table.key_names}
                    self.connection.call("DeleteItem", {"TableName": table.name, "Key": key})
                    self.take_in(table, now, _TIME_TO_LIVE_IDENTITY)
                    self.connection.findings.note("dynamodb.no-expiry")
                    count += 1
        return count

    def named(self, name_or_arn: str) -> RemoteTable | None:
        """Return the table of that name or ARN, if it was made through here."""
        return self.tables.get(name_or_arn.rpartition("/")[2])


def _create_table(dynamodb: RemoteDynamoDB, parameters: Parameters, now: Instant) -> Output:
    asked = parameters.get("StreamSpecification", {})
    output = dynamodb.connection.call(
        "CreateTable", {**parameters, "StreamSpecification": _EVERYTHING}
    )
    name = parameters["TableName"]

    def active() -> Any:
        described = dynamodb.connection.call("DescribeTable", {"TableName": name})["Table"]
        return described if described["TableStatus"] == "ACTIVE" else None

    described = output["TableDescription"]
    if described["TableStatus"] != "ACTIVE" or "LatestStreamArn" not in described:
        described = eventually(active)
    if described is None:
        raise BackendError(
            f"backend {dynamodb.connection.backend}: table {name} never gets active"
        )
    arn = described["LatestStreamArn"]
    view_type = asked.get("StreamViewType") if asked.get("StreamEnabled") else None
    dynamodb.tables[name] = RemoteTable(
        name,
        tuple(element["AttributeName"] for element in described["KeySchema"]),
        StreamFeed(arn, dynamodb.streams),
        None if view_type is None else dynamodb.open_stream(arn, view_type, now),
        dynamodb.surroundings.identifiers.hexadecimal("dynamodb.events", 16),
        dynamodb.connection,
    )
    _show_as_asked(dynamodb, described)
    return {"TableDescription": described}


def _delete_table(dynamodb: RemoteDynamoDB, parameters: Parameters, _now: Instant) -> Output:
    output = dynamodb.connection.call("DeleteTable", parameters)
    table = dynamodb.named(parameters["TableName"])
    if table is not None:
        del dynamodb.tables[table.name]
    _show_as_asked(dynamodb, output["TableDescription"])
    return output


def _update_table(dynamodb: RemoteDynamoDB, parameters: Parameters, _now: Instant) -> Output:
    if "StreamSpecification" in parameters:
        feature = "changing the stream of a table: it is how every change is seen"
        raise LackingError(dynamodb.connection.backend, feature)
    output = dynamodb.connection.call("UpdateTable", parameters)
    _show_as_asked(dynamodb, output["TableDescription"])
    return output


def _describe_table(dynamodb: RemoteDynamoDB, parameters: Parameters, _now: Instant) -> Output:
    output = dynamodb.connection.call("DescribeTable", parameters)
    _show_as_asked(dynamodb, output["Table"])
    return output


def _show_as_asked(dynamodb: RemoteDynamoDB, description: Output) -> None:
    """Show the stream that the owner asked for, instead of ours."""
    table = dynamodb.tables.get(description["TableName"])
    if table is None:
        return
    if table.stream is None:
        for member in ("StreamSpecification", "LatestStreamArn", "LatestStreamLabel"):
            description.pop(member, None)
    elif "StreamSpecification" in description:
        description["StreamSpecification"]["StreamViewType"] = table.stream.view_type


def _update_time_to_live(
    dynamodb: RemoteDynamoDB, parameters: Parameters, _now: Instant
) -> Output:
    """Keep the setting from a backend that would let items expire by a clock of its own."""
    specification = parameters["TimeToLiveSpecification"]
    table = dynamodb.named(parameters["TableName"])
    if table is None or dynamodb.has_virtual_clock:
        output = dynamodb.connection.call("UpdateTimeToLive", parameters)
    else:
        output = {"TimeToLiveSpecification": dict(specification)}
        dynamodb.connection.findings.note("dynamodb.real-time-expiry")
    if table is not None:
        is_enabled = specification["Enabled"]
        table.time_to_live_attribute = specification["AttributeName"] if is_enabled else None
    return output


def _describe_time_to_live(
    dynamodb: RemoteDynamoDB, parameters: Parameters, _now: Instant
) -> Output:
    table = dynamodb.named(parameters["TableName"])
    if table is None or dynamodb.has_virtual_clock:
        return dynamodb.connection.call("DescribeTimeToLive", parameters)
    attribute = table.time_to_live_attribute
    if attribute is None:
        return {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}}
    described = {"TimeToLiveStatus": "ENABLED", "AttributeName": attribute}
    return {"TimeToLiveDescription": described}


def _writing(name: str) -> Operation:
    """Return the operation that passes *name* on and looks at what it changed."""

    def write(dynamodb: RemoteDynamoDB, parameters: Parameters, now: Instant) -> Output:
        tables = [
            table
            for written in _written_tables(parameters)
            if (table := dynamodb.named(written)) is not None
        ]
        try:
            return dynamodb.connection.call(name, parameters)
        finally:
            for table in tables:
                if name == "TransactWriteItems":
                    table.feed.forget_iterators()
                dynamodb.take_in(table, now)

    return write


def _written_tables(parameters: Parameters) -> Iterable[str]:
    """Return the tables that a write names, each once and in order."""
    if "TableName" in parameters:
        return [parameters["TableName"]]
    if "RequestItems" in parameters:
        return list(parameters["RequestItems"])
    actions = [action for each in parameters["TransactItems"] for action in each.values()]
    return list(dict.fromkeys(action["TableName"] for action in actions))


_OPERATIONS = operations(
    KNOWN,
    {
        "CreateTable": _create_table,
        "DeleteTable": _delete_table,
        "DescribeTable": _describe_table,
        "DescribeTimeToLive": _describe_time_to_live,
        "UpdateTable": _update_table,
        "UpdateTimeToLive": _update_time_to_live,
        **{
            name: _writing(name)
            for name in (
                "BatchWriteItem",
                "DeleteItem",
                "PutItem",
                "TransactWriteItems",
                "UpdateItem",
            )
        },
    },
)
