"""Kinesis streams of a deployed stack: the records that came since the run began."""

from collections.abc import Iterator, Mapping
from typing import Any

from typing_extensions import override

from harness.backends.remote.connection import Connection
from harness.backends.remote.kinesis.shard import RemoteShard
from harness.backends.remote.kinesis.stream import RemoteStream
from harness.kernel.instant import Instant, to_datetime


class DeployedStreams(Mapping[str, Any]):
    """Stream name -> the stream, read anew whenever it is asked for."""

    def __init__(self, connection: Connection, since: Instant) -> None:
        self._connection = connection
        self._since = since

    @override
    def __getitem__(self, name: str) -> RemoteStream:
        stream = RemoteStream(name, "", self._connection)
        stream.list_shards(self._since)
        for shard in stream.shards.values():
            self._read(shard, name)
        return stream

    def _read(self, shard: RemoteShard, stream_name: str) -> None:
        where = {
            "StreamName": stream_name,
            "ShardId": shard.shard_id,
            "ShardIteratorType": "AT_TIMESTAMP",
            "Timestamp": to_datetime(self._since),
        }
        answer = self._connection.call("GetShardIterator", where)
        shard.go_on_at(answer["ShardIterator"])
        shard.fetch(self._since)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(())

    @override
    def __len__(self) -> int:
        return 0
