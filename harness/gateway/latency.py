"""How long each AWS call takes in virtual time, when nothing is wrong.

Fixed values, so that a run is easy to follow; sources and reasons stand in the latency table of
`harness/gateway/README.md`.
"""

from harness.kernel.instant import Duration, milliseconds

_DEFAULT = milliseconds(10)

_BY_SERVICE = {
    "cloudwatch": milliseconds(10),
    "dynamodb": milliseconds(5),
    "dynamodbstreams": milliseconds(10),
    "kinesis": milliseconds(15),
    "s3": milliseconds(30),
    "sqs": milliseconds(10),
}

_BY_OPERATION = {
    ("dynamodb", "BatchGetItem"): milliseconds(10),
    ("dynamodb", "BatchWriteItem"): milliseconds(10),
    ("dynamodb", "TransactWriteItems"): milliseconds(20),
    ("dynamodb", "TransactGetItems"): milliseconds(15),
    ("s3", "PutObject"): milliseconds(50),
}


def latency(service: str, operation: str) -> Duration:
    """Return how long a call of *operation* takes."""
    return _BY_OPERATION.get((service, operation), _BY_SERVICE.get(service, _DEFAULT))
