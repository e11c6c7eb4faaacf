"""PutRecord: one record, or an error."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.entries import checked, rate_exceeded, require_explicit_hash_key
from harness.services.kinesis.parameters import STREAM, require_modelled, require_sequence_number
from harness.services.kinesis.putting import THROTTLED, announce
from harness.services.kinesis.streams import Streams

# Every put is already strictly ordered here, so SequenceNumberForOrdering asks for nothing more.
_MODELLED = STREAM | {
    "Data",
    "PartitionKey",
    "ExplicitHashKey",
    "SequenceNumberForOrdering",
}


def put_record(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Put one record at the end of the shard that its key belongs to."""
    require_modelled("PutRecord", params, _MODELLED)
    if "SequenceNumberForOrdering" in params:
        require_sequence_number(params["SequenceNumberForOrdering"], "sequenceNumberForOrdering")
    stream = streams.find(params)
    (entry,), _ = checked([params], stream.max_record_kib, path="")
    explicit_hash_key = params.get("ExplicitHashKey")
    require_explicit_hash_key(explicit_hash_key, "explicitHashKey")
    shards = stream.open_shards
    is_hashed = len(shards) > 1
    shard = shards[stream.place(entry[0], explicit_hash_key) if is_hashed else 0]
    if streams.has_shard_limits:
        size = len(entry[1]) + len(entry[0].encode())
        if not shard.throughput.take(size, now):
            raise ServiceError(
                THROTTLED,
                rate_exceeded(shard.shard_id, stream.name, streams.account_id),
            )
    (result,) = shard.append([entry], now)
    announce(streams, stream, [(shard, [result])])
    return result | {"EncryptionType": stream.encryption.kind}
