"""A world with two functions, a stream, a table, queues and a bucket, and no mapping at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.kernel.instant import seconds
from harness.tests.world.opening import a_world
from harness.world.world import World

STREAM_ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/scores"
QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:reports"
FIFO_ARN = "arn:aws:sqs:us-east-1:123456789012:ordered.fifo"
DEAD_ARN = "arn:aws:sqs:us-east-1:123456789012:dead"
FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:worker"

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Scores:
    Type: AWS::Kinesis::Stream
    Properties: {Name: scores, ShardCount: 1}
  Reports:
    Type: AWS::SQS::Queue
    Properties: {QueueName: reports, VisibilityTimeout: 30}
  Ordered:
    Type: AWS::SQS::Queue
    Properties: {QueueName: ordered.fifo, FifoQueue: true}
  Dead:
    Type: AWS::SQS::Queue
    Properties: {QueueName: dead}
  Failures:
    Type: AWS::S3::Bucket
    Properties: {BucketName: failures}
  Demand:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: demand
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      Runtime: python3.11
      CodeUri: src/
      Handler: wicked.handler
      Timeout: 20
  Other:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: other
      Runtime: python3.11
      CodeUri: src/
      Handler: wicked.other
      Timeout: 20
"""

HANDLER = """\
seen = []

def handler(event, context):
    print("seen", len(event.get("Records", ())))
    if event.get("fails"):
        raise ValueError("boom")
    seen.append(event)
    return event.get("answer", event)

def other(event, context):
    return {"other": event}
"""


@contextmanager
def an_account(folder: Path, handler: str = HANDLER, template: str = TEMPLATE) -> Iterator[World]:
    """Give a world that is open; its functions' source is *handler*."""
    with a_world(folder, handler, template) as world:
        yield world


def wait_until(client: Any, world: World, uuid: str, state: str) -> dict[str, Any]:
    """Let time pass until the mapping is in *state*; return it as the API shows it."""
    for _ in range(20):
        shown: dict[str, Any] = client.get_event_source_mapping(UUID=uuid)
        if shown["State"] == state:
            return shown
        world.advance(seconds(1))
    raise AssertionError(f"the mapping never becomes {state}")


def events_of(world: World, kind: str = "returned") -> list[Any]:
    """Return the payloads of what the functions returned."""
    return [entry.details["payload"] for entry in world.journal.of_kind(kind)]
