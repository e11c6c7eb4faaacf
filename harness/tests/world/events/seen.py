"""A world in which every kind of event arises, and the events as they came."""

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.runtime.invocation import Invocation
from harness.tests.world.opening import a_world
from harness.world.world import World

LAMBDA_GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "event_source_mapping/"
)
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.11, CodeUri: src/, Timeout: 20}
Resources:
  Scores:
    Type: AWS::Kinesis::Stream
    Properties: {Name: scores, ShardCount: 1}
  Demand:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: demand
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
      TimeToLiveSpecification: {AttributeName: until, Enabled: true}
  Reports:
    Type: AWS::SQS::Queue
    Properties: {QueueName: reports}
  Ordered:
    Type: AWS::SQS::Queue
    Properties: {QueueName: ordered.fifo, FifoQueue: true}
  Dead:
    Type: AWS::SQS::Queue
    Properties: {QueueName: dead}
  Files:
    Type: AWS::S3::Bucket
    Properties: {BucketName: files}
  Posted:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: posted
      NotificationConfiguration:
        QueueConfigurations: [{Event: 's3:ObjectCreated:*', Queue: !GetAtt Reports.Arn}]
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties: {Name: api, AuthenticationType: API_KEY}
  Key:
    Type: AWS::AppSync::ApiKey
    Properties: {ApiId: !GetAtt Api.ApiId}
  Schema:
    Type: AWS::AppSync::GraphQLSchema
    Properties:
      ApiId: !GetAtt Api.ApiId
      Definition: |
        type Query { score(phone: String!): Score }
        type Score { value: Int, level: String }
  Look:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Name: look
      Type: AWS_LAMBDA
      LambdaConfig: {LambdaFunctionArn: !GetAtt Answer.Arn}
  Resolve:
    Type: AWS::AppSync::Resolver
    Properties:
      ApiId: !GetAtt Api.ApiId
      TypeName: Query
      FieldName: score
      DataSourceName: !GetAtt Look.Name
  Count:
    Type: AWS::Serverless::Function
    Properties:
      Handler: wicked.count
      Events:
        Scores:
          Type: Kinesis
          Properties:
            Stream: !GetAtt Scores.Arn
            StartingPosition: TRIM_HORIZON
            TumblingWindowInSeconds: 60
  Take:
    Type: AWS::Serverless::Function
    Properties:
      Handler: wicked.take
      Events:
        Scores:
          Type: Kinesis
          Properties: {Stream: !GetAtt Scores.Arn, StartingPosition: TRIM_HORIZON}
        Reports:
          Type: SQS
          Properties: {Queue: !GetAtt Reports.Arn, MaximumBatchingWindowInSeconds: 1}
        Ordered:
          Type: SQS
          Properties: {Queue: !GetAtt Ordered.Arn}
        Files:
          Type: S3
          Properties: {Bucket: !Ref Files, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']}
  Fail:
    Type: AWS::Serverless::Function
    Properties:
      Handler: wicked.fail
      Events:
        Demand:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Demand.StreamArn
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 0
            DestinationConfig: {OnFailure: {Destination: !GetAtt Dead.Arn}}
  Answer:
    Type: AWS::Serverless::Function
    Properties: {Handler: wicked.answer}
"""
HANDLER = """\
def take(event, context):
    event.clear()

def count(event, context):
    return {"state": {"seen": len(event["Records"]) + event["state"].get("seen", 0)}}

def fail(event, context):
    raise ValueError("no")

def answer(event, context):
    return {"value": 7}
"""


class Seen:
    """A world, and each event as it came: by its function."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.events: list[tuple[str, Any]] = []
        world.invoker.observers.append(self._note)

    def _note(self, invocation: Invocation) -> None:
        self.events.append((invocation.environment.function.name, copy.deepcopy(invocation.event)))

    def by(self, function_name: str) -> list[Any]:
        return [event for name, event in self.events if name == function_name]

    def records(self, function_name: str) -> list[dict[str, Any]]:
        return [record for event in self.by(function_name) for record in event["Records"]]


@contextmanager
def seen_in(folder: Path) -> Iterator[Seen]:
    """Give the world, open."""
    with a_world(folder, HANDLER, TEMPLATE) as world:
        yield Seen(world)


def types_in(value: Mapping[str, Any]) -> dict[str, type]:
    """Return the type of each member."""
    return {name: type(member) for name, member in value.items()}
