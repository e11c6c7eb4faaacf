"""Asking both sides for a queue, and telling their answers apart."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from harness.tests.differential.peers import Answer, Exchange, Peers

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/"
GUIDE = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
REFERENCE = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"
_SUITE = "https://github.com/localstack/localstack/blob/master/tests/aws/services/sqs/"
RECORDED = f"{_SUITE}test_sqs.snapshot.json"
VERIFIED = f"{_SUITE}test_sqs.py"
"""What was tested against AWS, and not recorded."""

Parameters = Mapping[str, Any]
Outcome = tuple[str, str]
"""The code and the message of a call, or of an entry of a batch."""
Told = Callable[[Parameters], Iterable[Outcome]]
"""What may be answered to a call, worked out of its parameters."""

OK: Outcome = ("ok", "")
NO_QUEUE: Outcome = (
    "AWS.SimpleQueueService.NonExistentQueue",
    "The specified queue does not exist.",
)
EXISTS: Outcome = ("QueueAlreadyExists", "The specified queue already exists.")
"""Of moto alone: ours names the attribute that differs."""


def asked(peers: Peers, queue: str, operation: str, **parameters: Any) -> Exchange:
    """Make a call about *queue*, which both sides have first."""
    attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    if peers.ours("sqs", "GetQueueUrl", QueueName=queue).code != "ok":
        more = {"Attributes": attributes} if queue.endswith(".fifo") else {}
        peers.call("sqs", "CreateQueue", QueueName=queue, **more)
    return peers.call("sqs", operation, QueueUrl=URL + queue, **parameters)


def queue(name: str, operation: str, **parameters: Any) -> Any:
    """Return what makes a call about the queue called *name*."""
    return lambda peers: asked(peers, name, operation, **parameters)


def outcome(answer: Answer) -> Outcome:
    """Return how a call ended, whatever its output."""
    return answer.code, answer.message


def always(*outcomes: Outcome) -> Told:
    """Return what is answered whatever the parameters are."""
    return lambda _parameters: outcomes


def differs(operations: str, ours: Told, theirs: Told) -> Callable[[Exchange], bool]:
    """Return whether it is one of *operations*, and each side answers as it does to such a call."""
    names = operations.split()
    return lambda exchange: (
        exchange.operation in names
        and outcome(exchange.ours) != outcome(exchange.theirs)
        and outcome(exchange.ours) in ours(exchange.parameters)
        and outcome(exchange.theirs) in theirs(exchange.parameters)
    )


def invalid_parameter(message: str) -> Outcome:
    """Return an InvalidParameterValue."""
    return "InvalidParameterValue", message


def invalid(value: object, parameter: str, reason: str) -> Outcome:
    """Return the InvalidParameterValue about *value* of *parameter*."""
    return invalid_parameter(
        f"Value {value} for parameter {parameter} is invalid. Reason: {reason}"
    )


def missing(parameter: str) -> Outcome:
    """Return a MissingParameter."""
    return "MissingParameter", f"The request must contain the parameter {parameter}."


def is_fifo(parameters: Parameters) -> bool:
    """Whether the call is about a FIFO queue."""
    name: str = parameters.get("QueueUrl", parameters.get("QueueName", ""))
    return name.endswith(".fifo")
