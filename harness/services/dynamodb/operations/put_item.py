"""PutItem."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import enveloped
from harness.services.dynamodb.members import check_put_or_delete, check_table
from harness.services.dynamodb.operations.single import PARAMETERS, perform, refuse_unknown
from harness.services.dynamodb.writes import Put

_KNOWN = PARAMETERS | {"Item"}


def put_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Put one item in the place of what is there."""
    if not parameters.keys() <= _KNOWN:
        refuse_unknown("PutItem", parameters, _KNOWN)
    if parameters["TableName"] not in database.tables:
        check_table(parameters["TableName"])
    check_put_or_delete(parameters)
    try:
        write = Put(parameters)
    except ServiceError as error:
        raise enveloped(error, parameters) from error
    return perform(database, write, parameters, now)
