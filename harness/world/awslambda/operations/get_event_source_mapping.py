"""GetEventSourceMapping: the settings and the state of one mapping."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.mappingdescription import describe

_MODELLED = frozenset({"UUID"})


def get_event_source_mapping(account: LambdaAccount, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return a mapping."""
    require_modelled("GetEventSourceMapping", params, _MODELLED)
    record = account.mappings.find(params["UUID"])
    return describe(record, account.identity, account.journal)
