"""CreateEventSourceMapping: a function reads a stream or a queue from now on."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.bounds import check_bounds
from harness.world.awslambda.errors import invalid_value
from harness.world.awslambda.functionnames import latest_name, split_name
from harness.world.awslambda.mappingchecks import check_duplicate, check_mapping
from harness.world.awslambda.mappingdescription import describe
from harness.world.awslambda.mappingsettings import COMMON, new_mapping
from harness.world.awslambda.sources import recognised

_MODELLED = COMMON | {"EventSourceArn", "StartingPosition", "StartingPositionTimestamp"}


def create_event_source_mapping(
    account: LambdaAccount, params: Parameters, now: Instant
) -> Output:
    """Create a mapping; it is Creating for a while, and Enabled then."""
    require_modelled("CreateEventSourceMapping", params, _MODELLED)
    check_bounds(params)
    name = latest_name(params["FunctionName"], account.identity)
    function = account.functions.get(name)
    arn = recognised(params.get("EventSourceArn"))
    if function is None:
        raise invalid_value("Function does not exist")
    source = account.sources.find(arn)
    known = account.mappings.all()
    mapping = new_mapping(params, source, uuid="", function_name=name, now=now)
    check_mapping(mapping, function, account.sources)
    check_duplicate(mapping, known)
    _, qualifier = split_name(params["FunctionName"], account.identity)
    record = account.mappings.create(mapping, qualifier)
    return describe(record, account.identity, account.journal)
