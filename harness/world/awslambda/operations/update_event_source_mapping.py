"""UpdateEventSourceMapping: a mapping goes on with other settings, a while from now."""

from dataclasses import replace

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.bounds import check_bounds
from harness.world.awslambda.errors import invalid_value
from harness.world.awslambda.functionnames import latest_name, split_name
from harness.world.awslambda.mappingchecks import check_duplicate, check_mapping
from harness.world.awslambda.mappingdescription import describe
from harness.world.awslambda.mappingsettings import COMMON, changed_mapping

_MODELLED = COMMON | {"UUID"}


def update_event_source_mapping(
    account: LambdaAccount,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Change a mapping; what is not given stays as it is."""
    require_modelled("UpdateEventSourceMapping", params, _MODELLED)
    check_bounds(params)
    record = account.mappings.find(params["UUID"])
    old = record.mapping
    function_name = _function_name(account, params, old.function_name)
    mapping = replace(changed_mapping(old, params), function_name=function_name)
    check_mapping(mapping, account.functions[function_name], account.sources)
    check_duplicate(mapping, account.mappings.all(), itself=record)
    account.mappings.update(record, mapping)
    if "FunctionName" in params:
        _, record.qualifier = split_name(params["FunctionName"], account.identity)
    return describe(record, account.identity, account.journal)


def _function_name(account: LambdaAccount, params: Parameters, current: str) -> str:
    """Return the function that is to be invoked from now on."""
    if "FunctionName" not in params:
        return current
    name = latest_name(params["FunctionName"], account.identity)
    if name not in account.functions:
        raise invalid_value("Function does not exist")
    return name
