"""CreateStream: a stream with its first shards, ACTIVE at once."""

import re

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.errors import in_use, invalid
from harness.services.kinesis.parameters import require_between, require_modelled, require_one_of
from harness.services.kinesis.quotas import SHARD_COUNT_MAX, require_shards
from harness.services.kinesis.stream import DEFAULT_RECORD_KIB, RECORD_KIB_MAX, Stream
from harness.services.kinesis.streams import Streams
from harness.services.kinesis.tagging import check_tags

_MODELLED = frozenset(
    {"StreamName", "ShardCount", "StreamModeDetails", "Tags", "MaxRecordSizeInKiB"}
)
_NAME = "[a-zA-Z0-9_.-]+"
_NAME_LENGTH_MAX = 128
_ON_DEMAND_SHARDS = 4


def create_stream(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Create a stream; an on-demand one starts with four shards, as on AWS."""
    require_modelled("CreateStream", params, _MODELLED)
    name = params["StreamName"]
    _require_name(name)
    record_kib = params.get("MaxRecordSizeInKiB", DEFAULT_RECORD_KIB)
    require_between(record_kib, "maxRecordSizeInKiB", DEFAULT_RECORD_KIB, RECORD_KIB_MAX)
    mode = _mode(params)
    shard_count = _shard_count(mode, params.get("ShardCount"))
    if name in streams.streams:
        raise in_use(f"Stream {name} under account {streams.account_id} already exists.")
    if mode == "PROVISIONED":
        require_shards(streams, shard_count)
    tags = params.get("Tags", {})
    check_tags(tags, {}, resource=f"stream {name}", account_id=streams.account_id)
    stream = Stream(
        name=name,
        arn=streams.surroundings.identity.arn("kinesis", f"stream/{name}"),
        created=now,
        mode=mode,
        max_record_kib=record_kib,
        tags=dict(tags),
    )
    stream.divide(shard_count)
    streams.streams[name] = stream
    return {}


def _require_name(name: str) -> None:
    if len(name) > _NAME_LENGTH_MAX:
        raise invalid(name, "streamName", f"have length less than or equal to {_NAME_LENGTH_MAX}")
    if re.fullmatch(_NAME, name) is None:
        raise invalid(name, "streamName", f"satisfy regular expression pattern: {_NAME}")


def _mode(params: Parameters) -> str:
    """Return the mode; where neither it nor a count of shards is told, AWS makes four shards."""
    if "StreamModeDetails" in params:
        return str(params["StreamModeDetails"]["StreamMode"])
    return "PROVISIONED" if "ShardCount" in params else "ON_DEMAND"


def _shard_count(mode: str, shard_count: int | None) -> int:
    if mode == "ON_DEMAND":
        if shard_count is not None:
            # AWS answers with an error whose text is not recorded anywhere at hand.
            raise UnsupportedError("kinesis.CreateStream: ShardCount with ON_DEMAND; leave it out")
        return _ON_DEMAND_SHARDS
    require_one_of(mode, "streamModeDetails.streamMode", ("PROVISIONED", "ON_DEMAND"))
    if shard_count is None:
        # That it is required is documented; the text is not recorded anywhere at hand.
        raise ServiceError(
            "ValidationException", "ShardCount must be provided in PROVISIONED mode"
        )
    require_between(shard_count, "shardCount", 1, SHARD_COUNT_MAX)
    return shard_count
