"""DescribeStreamSummary: a stream without its shards."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.descriptions import describe_stream
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.streams import Streams


def describe_stream_summary(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the stream's summary."""
    require_modelled("DescribeStreamSummary", params, STREAM)
    stream = streams.find(params)
    summary = describe_stream(stream)
    summary["OpenShardCount"] = len(stream.open_shards)
    summary["ConsumerCount"] = len(stream.consumers)
    summary["MaxRecordSizeInKiB"] = stream.max_record_kib
    return {"StreamDescriptionSummary": summary}
