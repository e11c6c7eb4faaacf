"""DynamoDB: the database together with its operations."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.operations.registry import OPERATIONS


class DynamoDB(Database):
    """In-memory DynamoDB; see the README beside this file for what it models."""

    @property
    def operations(self) -> Mapping[str, Callable[[Database, Parameters, Instant], Output]]:
        """AWS's operation names -> functions of the database, the parameters and the instant."""
        return OPERATIONS
