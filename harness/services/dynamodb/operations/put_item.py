"""PutItem."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.operations.single import PARAMETERS, perform, refuse_unknown
from harness.services.dynamodb.writes import Put

_KNOWN = PARAMETERS | {"Item"}


def put_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Put one item in the place of what is there."""
    if not parameters.keys() <= _KNOWN:
        refuse_unknown("PutItem", parameters, _KNOWN)
    return perform(database, Put(database, parameters), parameters, now)
