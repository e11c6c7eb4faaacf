"""ListStreams."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.members import check_page
from harness.services.dynamodb.streams.reader import StreamReader, require_stream_arn

_LIMIT = 100


def list_streams(reader: StreamReader, parameters: Parameters, now: Instant) -> Output:
    """Return the streams, of one table where one is named, in the order of their ARNs."""
    check_page(parameters)
    wanted, start = parameters.get("TableName"), parameters.get("ExclusiveStartStreamArn")
    if start is not None:
        require_stream_arn(start)
    streams = [
        {"StreamArn": arn, "TableName": table.name, "StreamLabel": stream.label}
        for arn, (table, stream) in sorted(reader.database.streams.items())
        if wanted in (None, table.name, table.arn)
        and (start is None or arn > start)
        and not stream.is_gone(now)
    ]
    limit = parameters.get("Limit", _LIMIT)
    output: Output = {"Streams": streams[:limit]}
    if len(streams) > limit:
        output["LastEvaluatedStreamArn"] = streams[limit - 1]["StreamArn"]
    return output
