"""ListStreams: the names of the streams, in order, a page at a time."""

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.parameters import require_between, require_modelled
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams

_MODELLED = frozenset({"Limit", "ExclusiveStartStreamName", "NextToken"})
_LIMIT = 100
"""At most so many are returned, whatever Limit says."""
_LIMIT_MAX = 10_000


def list_streams(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return up to *Limit* streams whose names follow the start; the token is the last name."""
    require_modelled("ListStreams", params, _MODELLED)
    limit = params.get("Limit", _LIMIT)
    require_between(limit, "limit", 1, _LIMIT_MAX)
    limit = min(limit, _LIMIT)
    after = params.get("NextToken") or params.get("ExclusiveStartStreamName", "")
    names = sorted(name for name in streams.streams if name > after)
    page = names[:limit]
    output: Output = {
        "StreamNames": page,
        "HasMoreStreams": len(names) > limit,
        "StreamSummaries": [_summary(streams.streams[name]) for name in page],
    }
    if len(names) > limit:
        output["NextToken"] = page[-1]
    return output


def _summary(stream: Stream) -> Output:
    return {
        "StreamName": stream.name,
        "StreamARN": stream.arn,
        "StreamStatus": "ACTIVE",
        "StreamModeDetails": {"StreamMode": stream.mode},
        "StreamCreationTimestamp": to_datetime(stream.created),
    }
