"""Asking both sides for a queue, and telling their answers apart."""

from typing import Any

from harness.tests.differential.peers import Exchange, Peers

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/"
GUIDE = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
REFERENCE = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"
RECORDED = "https://github.com/localstack/localstack/blob/master/tests/aws/services/sqs/test_sqs.snapshot.json"


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


def refuses(code: str, *beginnings: str) -> Any:
    """Return whether ours refuses with *code* and such a text, and theirs does otherwise."""
    return lambda exchange: (
        exchange.ours.code == code
        and exchange.ours.message.startswith(beginnings)
        and str(exchange.ours) != str(exchange.theirs)
    )
