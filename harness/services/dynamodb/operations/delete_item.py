"""DeleteItem."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.operations.single import PARAMETERS, perform, refuse_unknown
from harness.services.dynamodb.writes import Delete

_KNOWN = PARAMETERS | {"Key"}


def delete_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Delete one item; one that is not there is no error."""
    if not parameters.keys() <= _KNOWN:
        refuse_unknown("DeleteItem", parameters, _KNOWN)
    return perform(database, Delete(database, parameters), parameters, now)
