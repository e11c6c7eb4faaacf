"""Which resource a call is about: the table, stream, queue or bucket that its parameters name."""

from collections.abc import Mapping
from typing import Any


def subject(service_name: str, parameters: Mapping[str, Any]) -> str | None:
    """Return the resource's name, several joined by commas, or None when none is named."""
    find = _BY_SERVICE.get(service_name)
    return None if find is None else find(parameters)


def _dynamodb(parameters: Mapping[str, Any]) -> str | None:
    name: str | None = parameters.get("TableName")
    if name is not None:
        return name.rpartition("/")[2]
    if "RequestItems" in parameters:
        return ",".join(sorted(parameters["RequestItems"]))
    if "TransactItems" in parameters:
        actions = (action for item in parameters["TransactItems"] for action in item.values())
        return ",".join(sorted({action.get("TableName", "") for action in actions}))
    return None


def _kinesis(parameters: Mapping[str, Any]) -> str | None:
    name: str | None = parameters.get("StreamName")
    if name is not None:
        return name
    arn: str | None = parameters.get("StreamARN")
    return None if arn is None else arn.rpartition("/")[2]


def _sqs(parameters: Mapping[str, Any]) -> str | None:
    url: str | None = parameters.get("QueueUrl")
    return parameters.get("QueueName") if url is None else url.rpartition("/")[2]


def _s3(parameters: Mapping[str, Any]) -> str | None:
    return parameters.get("Bucket")


def _cloudwatch(parameters: Mapping[str, Any]) -> str | None:
    return parameters.get("Namespace")


def _lambda(parameters: Mapping[str, Any]) -> str | None:
    name: str | None = parameters.get("FunctionName")
    if name is None:
        return parameters.get("UUID")
    return name.rpartition("function:")[2]


_BY_SERVICE = {
    "cloudwatch": _cloudwatch,
    "dynamodb": _dynamodb,
    "kinesis": _kinesis,
    "lambda": _lambda,
    "s3": _s3,
    "sqs": _sqs,
}
