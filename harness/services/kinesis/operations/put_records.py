"""PutRecords: up to 500 records, each put or refused on its own."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.entries import checked
from harness.services.kinesis.errors import invalid, invalid_argument
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.putting import announce, place, put_all_in, put_within_limits
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"Records"}
_RECORDS_MAX = 500
_REQUEST_BYTES_MAX = 10 * 1_048_576


def put_records(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Put the records; one malformed or oversized record refuses the whole call."""
    require_modelled("PutRecords", params, _MODELLED)
    requested = params["Records"]
    if not requested:
        raise invalid("[]", "records", "have length greater than or equal to 1")
    if len(requested) > _RECORDS_MAX:
        # AWS prints every record here; the count stands in for them.
        raise invalid(
            f"[{len(requested)} records]",
            "records",
            f"have length less than or equal to {_RECORDS_MAX}",
        )
    stream = streams.find(params)
    entries, size = checked(requested, stream.max_record_kib, path="records")
    if size > _REQUEST_BYTES_MAX:
        raise invalid_argument("Records size exceeds 10 MB limit")
    places = place(stream, requested, entries)
    failed_count = 0
    if streams.has_shard_limits:
        all_in_one = [0] * len(entries)
        results, failed_count = put_within_limits(
            streams, stream, entries, places or all_in_one, now
        )
    elif places is None:
        shard = stream.open_shards[0]
        results = shard.append(entries, now)
        announce(streams, stream, [(shard, results)])
    else:
        results = put_all_in(streams, stream, entries, places, now)
    return {
        "FailedRecordCount": failed_count,
        "Records": results,
        "EncryptionType": stream.encryption.kind,
    }
