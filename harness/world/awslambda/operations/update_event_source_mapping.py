"""UpdateEventSourceMapping: a mapping goes on with other settings, a while from now."""

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.bounds import check_bounds
from harness.world.awslambda.errors import invalid_value
from harness.world.awslambda.functionnames import split_name
from harness.world.awslambda.mappingchecks import check_change, check_mapping
from harness.world.awslambda.mappingdescription import describe
from harness.world.awslambda.mappingsettings import COMMON, changed_mapping

_MODELLED = COMMON | {"UUID"}


def update_event_source_mapping(account: LambdaAccount, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Change a mapping; what is not given stays as it is."""
    require_modelled("UpdateEventSourceMapping", params, _MODELLED)
    check_bounds(params)
    record = account.mappings.find(params["UUID"])
    old = record.mapping
    _require_same_function(account, params, old.function_name)
    mapping = changed_mapping(old, params)
    check_mapping(mapping, account.functions[mapping.function_name], account.sources)
    check_change(old, mapping)
    account.mappings.update(record, mapping)
    return describe(record, account.identity, account.journal)


def _require_same_function(account: LambdaAccount, params: Parameters, current: str) -> None:
    if "FunctionName" not in params:
        return
    name, _ = split_name(params["FunctionName"], account.identity)
    if name not in account.functions:
        raise invalid_value("Function does not exist")
    if name != current:
        raise UnsupportedError(
            "lambda.UpdateEventSourceMapping: another FunctionName is not modelled; delete the "
            "mapping and create it anew"
        )
