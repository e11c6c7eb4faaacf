"""DeleteItem."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import enveloped
from harness.services.dynamodb.members import check_put_or_delete, check_table
from harness.services.dynamodb.operations.single import PARAMETERS, perform, refuse_unknown
from harness.services.dynamodb.writes import Delete

_KNOWN = PARAMETERS | {"Key"}


def delete_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Take one item away; one that is not there is no error."""
    if not parameters.keys() <= _KNOWN:
        refuse_unknown("DeleteItem", parameters, _KNOWN)
    if parameters["TableName"] not in database.tables:
        check_table(parameters["TableName"])
    check_put_or_delete(parameters)
    try:
        write = Delete(parameters)
    except ServiceError as error:
        raise enveloped(error, parameters) from error
    return perform(database, write, parameters, now)
