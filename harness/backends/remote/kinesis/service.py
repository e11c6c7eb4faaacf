"""Kinesis of the backend: every call passes here, and what it put is announced."""

from collections.abc import Iterable, Mapping

from harness.backends.lacking import BackendError, LackingError
from harness.backends.remote.connection import Connection
from harness.backends.remote.kinesis.shard import RemoteShard
from harness.backends.remote.kinesis.stream import RemoteStream
from harness.backends.remote.operations import Operation, operations
from harness.backends.remote.patience import eventually
from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters, Surroundings
from harness.services.kinesis.changes import RecordsPut, ShardsChanged
from harness.services.kinesis.service import OPERATIONS as KNOWN


class RemoteKinesis:
    """The streams of the backend's account, as far as they were made through here."""

    def __init__(self, surroundings: Surroundings, connection: Connection) -> None:
        self.surroundings = surroundings
        self.connection = connection
        self.streams: dict[str, RemoteStream] = {}
        self.iterators: dict[str, RemoteShard] = {}
        """What a caller's iterators stand for."""

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation that the engine knows."""
        return _OPERATIONS

    @property
    def has_shard_limits(self) -> bool:
        """No backend has them; LackingError for who wants them."""
        return False

    @has_shard_limits.setter
    def has_shard_limits(self, value: bool) -> None:
        if value:
            raise LackingError(self.connection.backend, "the limits of a stream's shards")

    def trim(self, now: Instant) -> int:
        """Drop every record older than its stream's retention period; return how many."""
        return sum(stream.trim(now) for stream in self.streams.values())

    def find(self, parameters: Parameters) -> RemoteStream | None:
        """Return the stream that StreamARN or StreamName means."""
        name = parameters.get("StreamName") or parameters.get("StreamARN", "").rpartition("/")[2]
        return self.streams.get(name)

    def take_in(self, stream: RemoteStream, shard_ids: Iterable[str], now: Instant) -> None:
        """Read back what was put into these shards, and announce it."""
        for shard_id in sorted(set(shard_ids)):
            if shard_id not in stream.shards:
                stream.list_shards(now)
            records = eventually(stream.shards[shard_id].fetch, now)
            if not records:
                raise BackendError(
                    f"backend {self.connection.backend}: {stream.name}/{shard_id} took records "
                    "and does not give them back"
                )
            self.surroundings.changes.announce(
                RecordsPut(
                    stream.name,
                    shard_id,
                    len(records),
                    records[0].sequence_number,
                    records[-1].sequence_number,
                )
            )


def _create_stream(kinesis: RemoteKinesis, parameters: Parameters, now: Instant) -> Output:
    output = kinesis.connection.call("CreateStream", parameters)
    name = parameters["StreamName"]

    def active_arn() -> str | None:
        described = kinesis.connection.call("DescribeStreamSummary", {"StreamName": name})
        summary = described["StreamDescriptionSummary"]
        return summary["StreamARN"] if summary["StreamStatus"] == "ACTIVE" else None

    arn = eventually(active_arn)
    if arn is None:
        raise BackendError(
            f"backend {kinesis.connection.backend}: stream {name} never gets active"
        )
    stream = RemoteStream(name, arn, kinesis.connection)
    stream.list_shards(now)
    kinesis.streams[name] = stream
    return output


def _delete_stream(kinesis: RemoteKinesis, parameters: Parameters, _now: Instant) -> Output:
    output = kinesis.connection.call("DeleteStream", parameters)
    stream = kinesis.find(parameters)
    if stream is not None:
        del kinesis.streams[stream.name]
    return output


def _put_record(kinesis: RemoteKinesis, parameters: Parameters, now: Instant) -> Output:
    output = kinesis.connection.call("PutRecord", parameters)
    stream = kinesis.find(parameters)
    if stream is not None:
        kinesis.take_in(stream, [output["ShardId"]], now)
        _show_number(stream, output)
    return output


def _put_records(kinesis: RemoteKinesis, parameters: Parameters, now: Instant) -> Output:
    output = kinesis.connection.call("PutRecords", parameters)
    stream = kinesis.find(parameters)
    if stream is not None:
        taken = [answer["ShardId"] for answer in output["Records"] if "ShardId" in answer]
        kinesis.take_in(stream, taken, now)
        for answer in output["Records"]:
            if "ShardId" in answer:
                _show_number(stream, answer)
    return output


def _show_number(stream: RemoteStream, answer: Output) -> None:
    numbers = stream.shards[answer["ShardId"]].numbers
    answer["SequenceNumber"] = numbers.shown(answer["SequenceNumber"])


def _get_shard_iterator(kinesis: RemoteKinesis, parameters: Parameters, _now: Instant) -> Output:
    stream = kinesis.find(parameters)
    shard = None if stream is None else stream.shards.get(parameters["ShardId"])
    asked = dict(parameters)
    if shard is not None and "StartingSequenceNumber" in asked:
        asked["StartingSequenceNumber"] = shard.numbers.told(asked["StartingSequenceNumber"])
    output = kinesis.connection.call("GetShardIterator", asked)
    if shard is not None:
        kinesis.iterators[output["ShardIterator"]] = shard
    return output


def _get_records(kinesis: RemoteKinesis, parameters: Parameters, _now: Instant) -> Output:
    output = kinesis.connection.call("GetRecords", parameters)
    shard = kinesis.iterators.get(parameters["ShardIterator"])
    if shard is not None:
        for record in output["Records"]:
            record["SequenceNumber"] = shard.numbers.shown(record["SequenceNumber"])
        if output.get("NextShardIterator"):
            kinesis.iterators[output["NextShardIterator"]] = shard
    return output


def _changing_shards(name: str) -> Operation:
    def change(kinesis: RemoteKinesis, parameters: Parameters, now: Instant) -> Output:
        output = kinesis.connection.call(name, parameters)
        stream = kinesis.find(parameters)
        if stream is not None:
            closed, opened = stream.list_shards(now)
            kinesis.surroundings.changes.announce(ShardsChanged(stream.name, closed, opened))
        return output

    return change


def _changing_retention(name: str) -> Operation:
    def change(kinesis: RemoteKinesis, parameters: Parameters, _now: Instant) -> Output:
        output = kinesis.connection.call(name, parameters)
        stream = kinesis.find(parameters)
        if stream is not None:
            stream.retention_hours = parameters["RetentionPeriodHours"]
        return output

    return change


_OPERATIONS = operations(
    KNOWN,
    {
        "CreateStream": _create_stream,
        "GetRecords": _get_records,
        "GetShardIterator": _get_shard_iterator,
        "DeleteStream": _delete_stream,
        "PutRecord": _put_record,
        "PutRecords": _put_records,
        "MergeShards": _changing_shards("MergeShards"),
        "SplitShard": _changing_shards("SplitShard"),
        "UpdateShardCount": _changing_shards("UpdateShardCount"),
        "DecreaseStreamRetentionPeriod": _changing_retention("DecreaseStreamRetentionPeriod"),
        "IncreaseStreamRetentionPeriod": _changing_retention("IncreaseStreamRetentionPeriod"),
    },
)
