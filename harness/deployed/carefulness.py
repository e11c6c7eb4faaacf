"""Carefulness: in a deployed stack nothing is overwritten or deleted that was there before."""

from collections.abc import Mapping
from typing import Any

from harness.backends.lacking import LackingError
from harness.backends.remote.connection import Connection
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output

ALLOWED: Mapping[str, frozenset[str]] = {
    "cloudwatch": frozenset({"GetMetricData", "GetMetricStatistics", "ListMetrics"}),
    "dynamodb": frozenset({"DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"}),
    "kinesis": frozenset({"PutRecord", "PutRecords"}),
    "s3": frozenset({"GetObject", "HeadObject", "ListObjectsV2", "PutObject"}),
    "sqs": frozenset({"GetQueueAttributes", "GetQueueUrl", "SendMessage", "SendMessageBatch"}),
}
"""What a scenario may do from outside: put in, and look."""


class Carefulness:
    """Knows what was made in this run, and refuses to touch anything else."""

    def __init__(self, connections: Mapping[str, Connection]) -> None:
        self._connections = connections
        self._made: set[str] = set()

    def call(self, service: str, operation: str, parameters: Mapping[str, Any]) -> Output:
        """Carry out a call if it harms nothing; raises `ServiceError`, `LackingError`."""
        if operation not in ALLOWED.get(service, ()):
            raise LackingError("aws", f"{service}.{operation} from outside, which may do harm")
        if (service, operation) == ("s3", "PutObject"):
            self._claim_object(parameters["Bucket"], parameters["Key"])
        elif operation in ("DeleteItem", "PutItem", "UpdateItem"):
            self._claim_item(parameters)
        return self._connections[service].call(operation, parameters)

    def _claim_object(self, bucket: str, object_key: str) -> None:
        mark = f"s3 {bucket}/{object_key}"
        if mark in self._made:
            return
        try:
            self._connections["s3"].call("HeadObject", {"Bucket": bucket, "Key": object_key})
        except ServiceError as error:
            if error.status != 404:  # noqa: PLR2004 - HTTP's own number
                raise
        else:
            raise LackingError(
                "aws", f"writing over {bucket}/{object_key}, which was there before"
            )
        self._made.add(mark)

    def _claim_item(self, parameters: Mapping[str, Any]) -> None:
        table_name = parameters["TableName"]
        key = parameters.get("Key") or self._key_of(table_name, parameters["Item"])
        mark = f"dynamodb {table_name} {sorted(key.items())!r}"
        if mark in self._made:
            return
        asked = {"TableName": table_name, "Key": key, "ConsistentRead": True}
        if "Item" in self._connections["dynamodb"].call("GetItem", asked):
            raise LackingError("aws", f"changing an item of {table_name} that was there before")
        self._made.add(mark)

    def _key_of(self, table_name: str, item: Mapping[str, Any]) -> dict[str, Any]:
        described = self._connections["dynamodb"].call("DescribeTable", {"TableName": table_name})
        names = [element["AttributeName"] for element in described["Table"]["KeySchema"]]
        return {name: item[name] for name in names}
