"""Mappings under way: how one is made, fed and looked at."""

import json
from typing import Any

from harness.tests.world.awslambda.account import (
    DEAD_ARN,
    wait_until,
)
from harness.world.world import World

RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "event_source_mapping/"
)


KINESIS = f"{RECORDED}test_lambda_integration_kinesis.snapshot.json"


DYNAMODB = f"{RECORDED}test_lambda_integration_dynamodbstreams.snapshot.json"


FAILURES: dict[str, Any] = {
    "not_in_the_batch": {"batchItemFailures": [{"itemIdentifier": 123}]},
    "empty": {"batchItemFailures": [{"itemIdentifier": ""}]},
    "null": {"batchItemFailures": [{"itemIdentifier": None}]},
    "another_key": {"batchItemFailures": [{"foo": 123}]},
    "another_key_and_null": {"batchItemFailures": [{"foo": None}]},
    "exception": None,
}


def answering(answer: Any, *, raises: bool = False) -> str:
    """Return a handler that answers always the same, or raises."""
    body = "    return 1 / 0\n" if raises else f"    return {answer!r}\n"
    return f"def handler(event, context):\n{body}\n\ndef other(event, context):\n    pass\n"


def start(world: World, arn: str, **settings: Any) -> str:
    """Create a mapping to the worker and wait until it is Enabled; return its UUID."""
    client = world.client("lambda")
    if ":sqs:" not in arn:
        settings = {"StartingPosition": "TRIM_HORIZON"} | settings
    created = client.create_event_source_mapping(
        FunctionName="worker", EventSourceArn=arn, **settings
    )
    uuid: str = created["UUID"]
    wait_until(client, world, uuid, "Enabled")
    return uuid


def put(world: World, *bodies: Any) -> None:
    """Put records into the stream, each with a key of its own."""
    world.client("kinesis").put_records(
        StreamName="scores",
        Records=[
            {"Data": json.dumps(body).encode(), "PartitionKey": f"test_{index}"}
            for index, body in enumerate(bodies)
        ],
    )


def dead(world: World, queue: str = "dead") -> list[Any]:
    """Return the bodies of what lies in a dead-letter queue."""
    client = world.client("sqs")
    messages: list[Any] = []
    while found := client.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        messages += found
    return [json.loads(message["Body"]) for message in messages]


def invocation_count(world: World) -> int:
    """Return how often functions were invoked."""
    return len(list(world.journal.of_kind("invocation")))


ON_FAILURE = {"OnFailure": {"Destination": DEAD_ARN}}


REPORTING = {"FunctionResponseTypes": ["ReportBatchItemFailures"]}
