"""The streams of an account: finding one, and the settings that hold for all of them."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters, Surroundings
from harness.services.kinesis.errors import invalid_argument, not_found
from harness.services.kinesis.shard import Shard, full_shard_id
from harness.services.kinesis.stream import Stream


class Streams:
    """What the operations work on.

    *has_shard_limits* switches on the write limits of a shard (1 MiB and 1,000 records a second);
    off, a shard takes whatever it is given.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.streams: dict[str, Stream] = {}
        self.has_shard_limits = False

    def find(self, params: Parameters) -> Stream:
        """Return the stream that StreamARN or StreamName means."""
        arn = params.get("StreamARN")
        name: str | None = params.get("StreamName")
        if arn is not None:
            arn_name = arn.rpartition(":stream/")[2]
            if name is not None and name != arn_name:
                raise invalid_argument("StreamName and StreamARN do not name the same stream.")
            name = arn_name
        if name is None:
            raise invalid_argument("Either StreamName or StreamARN should be provided.")
        stream = self.streams.get(name)
        if stream is None or (arn is not None and stream.arn != arn):
            raise self.unknown_stream(name)
        return stream

    def find_shard(self, stream: Stream, shard_id: str) -> Shard:
        """Return a shard of *stream*, in the words of the calls that change shards.

        A number alone, or one with fewer digits, is a shard's id too.
        """
        full_id = full_shard_id(shard_id)
        if full_id is None:
            raise self.no_such_shard(shard_id, stream.name)
        shard = stream.shards.get(full_id)
        if shard is None:
            raise self.no_such_shard(full_id, stream.name)
        return shard

    def unknown_stream(self, name: str) -> ServiceError:
        """Return the error for a stream that does not exist."""
        return not_found(f"Stream {name} under account {self.account_id} not found.")

    def no_such_shard(self, shard_id: str, stream_name: str) -> ServiceError:
        """Return the error for a shard that cannot be found."""
        return not_found(
            f"Could not find shard {shard_id} in stream {stream_name} "
            f"under account {self.account_id}."
        )

    @property
    def provisioned_shard_count(self) -> int:
        """The open shards of all provisioned streams: what the account's limit counts."""
        return sum(
            len(stream.open_shards)
            for stream in self.streams.values()
            if stream.mode == "PROVISIONED"
        )

    @property
    def account_id(self) -> str:
        """The account that owns the streams."""
        return self.surroundings.identity.account_id

    def trim(self, now: Instant) -> int:
        """Drop every record older than its stream's retention period; return how many."""
        return sum(stream.trim(now) for stream in self.streams.values())
