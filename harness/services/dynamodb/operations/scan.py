"""Scan."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import ValueFaultError, refuse_parameters, validation
from harness.services.dynamodb.keyorder import segment_of
from harness.services.dynamodb.legacy.parameters import read_request
from harness.services.dynamodb.members import check_limit, check_read, check_segments
from harness.services.dynamodb.pages import WRONG_START, Reading
from harness.services.dynamodb.selection import check_selection

_KNOWN = frozenset(
    {
        "TableName",
        "IndexName",
        "AttributesToGet",
        "ConditionalOperator",
        "FilterExpression",
        "ProjectionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "Select",
        "Limit",
        "ConsistentRead",
        "ExclusiveStartKey",
        "ReturnConsumedCapacity",
        "ScanFilter",
        "Segment",
        "TotalSegments",
    }
)
_WRONG_START = f"{WRONG_START}: The provided key element does not match the schema"
_EXPRESSIONS = ("FilterExpression", "ProjectionExpression")


def scan(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Return a page of the table, or of one segment of it, in hash order."""
    refuse_parameters("Scan", parameters, _KNOWN)
    check_read(parameters)
    check_limit(parameters, is_query=False)
    check_segments(parameters)
    segment, segment_count = _segment(parameters)
    try:
        compiled, values = read_request(parameters, _EXPRESSIONS)
    except ValueFaultError as fault:
        raise fault.older() from fault
    check_selection(parameters, compiled)
    reading = Reading(database, parameters, compiled)
    start = reading.start_place(_WRONG_START if reading.index is None else WRONG_START)
    if start is not None and segment_of(start[0], segment_count) != segment:
        raise validation(
            "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
            "ExclusiveStartKey with correct Segment. "
            f"TotalSegments: {segment_count} Segment: {segment}"
        )
    order = reading.table.order(reading.index)
    return reading.page(order.scan(segment, segment_count, start), values, now)


def _segment(parameters: Parameters) -> tuple[int, int]:
    segment, segment_count = parameters.get("Segment"), parameters.get("TotalSegments")
    if segment is None and segment_count is None:
        return 0, 1
    if segment_count is None:
        raise validation(
            "The TotalSegments parameter is required but was not present in the request when "
            "Segment parameter is present"
        )
    if segment is None:
        raise validation(
            "The Segment parameter is required but was not present in the request when parameter "
            "TotalSegments is present"
        )
    if segment >= segment_count:
        raise validation(
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
            f"Segment: {segment} is not less than TotalSegments: {segment_count}"
        )
    return segment, segment_count
