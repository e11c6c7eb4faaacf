"""DeleteEventSourceMapping: the function reads no more."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.mappingdescription import describe

_MODELLED = frozenset({"UUID"})


def delete_event_source_mapping(
    account: LambdaAccount,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Delete a mapping; it is Deleting for a while, and gone then."""
    require_modelled("DeleteEventSourceMapping", params, _MODELLED)
    record = account.mappings.find(params["UUID"])
    account.mappings.delete(record)
    return describe(record, account.identity, account.journal)
