"""ListEventSourceMappings: the mappings of a function, of a source, or all, a page at a time."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.bounds import check_between
from harness.world.awslambda.errors import invalid_value
from harness.world.awslambda.functionnames import latest_name
from harness.world.awslambda.mappingdescription import describe

_MODELLED = frozenset({"EventSourceArn", "FunctionName", "Marker", "MaxItems"})
_PAGE = 100
"""Lambda returns at most so many, whatever MaxItems says."""
_MAX_ITEMS = 10_000


def list_event_source_mappings(account: LambdaAccount, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return a page of mappings in the order in which they were created."""
    require_modelled("ListEventSourceMappings", params, _MODELLED)
    limit = params.get("MaxItems", _PAGE)
    check_between(limit, "maxItems", 1, _MAX_ITEMS)
    arn, name = params.get("EventSourceArn"), params.get("FunctionName")
    if name is not None:
        name = latest_name(name, account.identity)
    wanted = [
        record
        for record in account.mappings.all()
        if arn in (None, record.mapping.source_arn)
        and name in (None, record.mapping.function_name)
    ]
    start = _start(params.get("Marker"))
    end = start + min(limit, _PAGE)
    page = wanted[start:end]
    output: Output = {
        "EventSourceMappings": [
            describe(record, account.identity, account.journal) for record in page
        ]
    }
    if end < len(wanted):
        output["NextMarker"] = str(end)
    return output


def _start(marker: str | None) -> int:
    if not marker:
        return 0
    if not marker.isascii() or not marker.isdigit():
        raise invalid_value("Invalid Marker")
    return int(marker)
