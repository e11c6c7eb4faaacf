"""Reading a whole table of a deployed stack."""

from collections.abc import Iterator
from typing import Any

from harness.backends.remote.connection import Connection


def scan(dynamodb: Connection, table_name: str) -> Iterator[dict[str, Any]]:
    """Yield every item as DynamoDB stores it, read consistently, in no promised order."""
    parameters: dict[str, Any] = {"TableName": table_name, "ConsistentRead": True}
    while True:
        answer = dynamodb.call("Scan", parameters)
        yield from answer["Items"]
        if not answer.get("LastEvaluatedKey"):
            return
        parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
