"""Tables, streams, queues, buckets and APIs: the creating call that each stands for."""

from pathlib import Path

import pytest

from harness.errors import ScenarioError, UnsupportedError
from harness.tests.world.template.templates import Project, a_function, first_line
from harness.world.topology import Resolver

TABLE = """\
T:
  Type: AWS::DynamoDB::Table
  Properties:
    TableName: things
    AttributeDefinitions: [{AttributeName: pk, AttributeType: S}, {AttributeName: sk, AttributeType: N}]
    KeySchema: [{AttributeName: pk, KeyType: HASH}, {AttributeName: sk, KeyType: RANGE}]
"""


def test_a_table_stands_for_create_table(project: Project) -> None:
    """Everything with its boto3 type; TTL is a call of its own."""
    topology = project.read_resources(
        TABLE
        + """\
    ProvisionedThroughput: {ReadCapacityUnits: "5", WriteCapacityUnits: 6}
    GlobalSecondaryIndexes:
      - IndexName: by-sk
        KeySchema: [{AttributeName: sk, KeyType: HASH}]
        Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [a]}
        ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}
    StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
    TimeToLiveSpecification: {AttributeName: expires, Enabled: true}
    SSESpecification: {SSEEnabled: true}
"""
    )

    (table,) = topology.tables
    assert table.name == "things"
    assert table.arn == "arn:aws:dynamodb:us-east-1:123456789012:table/things"
    assert table.create == {
        "TableName": "things",
        "AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "N"},
        ],
        "KeySchema": [
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        "BillingMode": "PROVISIONED",
        "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6},
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "by-sk",
                "KeySchema": [{"AttributeName": "sk", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["a"]},
                "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
            }
        ],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    }
    assert table.settings == {
        "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True}
    }


def test_a_simple_table_has_an_id_and_pays_per_request(project: Project) -> None:
    """SAM's defaults."""
    topology = project.read_resources("T: {Type: AWS::Serverless::SimpleTable}\n")

    assert topology.tables[0].create == {
        "TableName": "T",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
    }


def test_a_stream_stands_for_create_stream(project: Project) -> None:
    """The retention is a call of its own."""
    topology = project.read_resources("""
        A: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 4, RetentionPeriodHours: 48}}
        B: {Type: AWS::Kinesis::Stream, Properties: {StreamModeDetails: {StreamMode: ON_DEMAND}}}
        """)

    assert [stream.create for stream in topology.streams] == [
        {"StreamName": "A", "ShardCount": 4},
        {"StreamName": "B", "StreamModeDetails": {"StreamMode": "ON_DEMAND"}},
    ]
    assert topology.streams[0].settings == {"RetentionPeriodHours": 48}


def test_a_queue_stands_for_create_queue(project: Project) -> None:
    """Attributes are texts, the redrive policy is JSON."""
    topology = project.read_resources("""
        Q:
          Type: AWS::SQS::Queue
          Properties:
            FifoQueue: true
            ContentBasedDeduplication: true
            VisibilityTimeout: 90
            RedrivePolicy: {deadLetterTargetArn: !GetAtt D.Arn, maxReceiveCount: 5}
        D: {Type: AWS::SQS::Queue, Properties: {QueueName: dead.fifo, FifoQueue: true}}
        """)

    queue = topology.queue("Q")
    assert queue is not None
    assert queue.create == {
        "QueueName": "Q.fifo",
        "Attributes": {
            "VisibilityTimeout": "90",
            "FifoQueue": "true",
            "ContentBasedDeduplication": "true",
            "RedrivePolicy": '{"deadLetterTargetArn": '
            '"arn:aws:sqs:us-east-1:123456789012:dead.fifo", "maxReceiveCount": 5}',
        },
    }
    assert queue.redrive == ("arn:aws:sqs:us-east-1:123456789012:dead.fifo", 5)


def test_a_bucket_without_a_name_gets_one_in_lower_case(project: Project) -> None:
    """S3 knows no other; the versioning is a call of its own."""
    topology = project.read_resources("""
        scoringBucket:
          Type: AWS::S3::Bucket
          Properties: {VersioningConfiguration: {Status: Enabled}}
        """)

    (bucket,) = topology.buckets
    assert bucket is topology.bucket("scoringBucket")
    assert bucket is topology.bucket("scoringbucket")
    assert bucket.create == {"Bucket": "scoringbucket"}
    assert bucket.settings == {"VersioningConfiguration": {"Status": "Enabled"}}


API = """\
Api: {Type: AWS::AppSync::GraphQLApi, Properties: {Name: api, AuthenticationType: API_KEY}}
Key: {Type: AWS::AppSync::ApiKey, Properties: {ApiId: !GetAtt Api.ApiId}}
Source:
  Type: AWS::AppSync::DataSource
  Properties:
    ApiId: !GetAtt Api.ApiId
    Name: lookup
    Type: AWS_LAMBDA
    LambdaConfig: {LambdaFunctionArn: !GetAtt Fn.Arn}
Resolve:
  Type: AWS::AppSync::Resolver
  Properties:
    ApiId: !GetAtt Api.ApiId
    TypeName: Query
    FieldName: score
    DataSourceName: !GetAtt Source.Name
Schema:
  Type: AWS::AppSync::GraphQLSchema
  Properties:
    ApiId: !GetAtt Api.ApiId
    DefinitionS3Location: schema.graphql
"""


def test_an_api_is_put_together_from_its_parts(project: Project, tmp_path: Path) -> None:
    """In whatever order they are written; a changed schema file is read again."""
    (tmp_path / "schema.graphql").write_text("type Query { score: Int }")
    topology = project.read_resources(API + a_function())

    api = topology.api()
    assert api is not None
    assert (api.logical_id, api.name) == ("Api", "api")
    assert api.schema == "type Query { score: Int }"
    assert api.schema_path == "schema.graphql"
    assert api.resolvers == (Resolver("Query", "score", "Fn"),)

    (tmp_path / "schema.graphql").write_text("type Query { score: Float }")
    changed = project.read_resources(API + a_function()).api("api")
    assert changed is not None
    assert changed.schema == "type Query { score: Float }"


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        (
            "DefinitionS3Location: schema.graphql",
            "DefinitionS3Location: shema.graphql",
            (
                "template.yaml:23:29: AWS::AppSync::GraphQLSchema Schema: "
                "there is no file 'shema.graphql'"
            ),
        ),
        (
            "DataSourceName: !GetAtt Source.Name",
            "DataSourceName: look",
            (
                "template.yaml:18:23: AWS::AppSync::Resolver Resolve: there is no data source 'look'; "
                "did you mean 'lookup'?"
            ),
        ),
        (
            "LambdaFunctionArn: !GetAtt Fn.Arn",
            "LambdaFunctionArn: arn:aws:lambda:us-east-1:123456789012:function:F",
            (
                "template.yaml:11:41: AWS::AppSync::DataSource Source: "
                "'arn:aws:lambda:us-east-1:123456789012:function:F' is no function of this template; "
                "did you mean 'Fn'?"
            ),
        ),
        (
            "TypeName: Query",
            "TypeName: Qery",
            (
                "template.yaml:16:17: AWS::AppSync::Resolver Resolve: the schema has no type 'Qery'; "
                "did you mean 'Query'?"
            ),
        ),
        (
            "FieldName: score",
            "FieldName: scores",
            (
                "template.yaml:17:18: AWS::AppSync::Resolver Resolve: the schema has no field "
                "'Query.scores'; did you mean 'score'?"
            ),
        ),
    ],
)
def test_a_broken_api_is_an_error(
    project: Project, tmp_path: Path, written: str, instead: str, message: str
) -> None:
    """At the part that is wrong."""
    (tmp_path / "schema.graphql").write_text("type Query { score: Int }")
    with pytest.raises(ScenarioError) as caught:
        project.read_resources(API.replace(written, instead) + a_function())

    assert first_line(caught.value) == message


@pytest.mark.parametrize(
    ("definition", "place"),
    [
        (
            "Definition: |\n          type Query {\n            score: }\n",
            "template.yaml:25:22: {}\n  25 |               score: }\n     |                      ^",
        ),
        (
            "Definition: 'type Query { score: }'\n",
            (
                "template.yaml:23:40: {}\n  23 |       Definition: 'type Query { score: }'\n"
                "     |                                        ^"
            ),
        ),
        (
            "DefinitionS3Location: schema.graphql\n",
            "schema.graphql:2:9: {}\n  2 |  score: }\n    |         ^",
        ),
    ],
)
def test_a_schema_that_cannot_be_read_is_an_error_at_its_place(
    project: Project, tmp_path: Path, definition: str, place: str
) -> None:
    """When the world is built, and not when somebody asks."""
    (tmp_path / "schema.graphql").write_text("type Query {\n score: }\n")
    template = API.replace("DefinitionS3Location: schema.graphql\n", definition)
    with pytest.raises(ScenarioError) as caught:
        project.read_resources(template + a_function())

    assert str(caught.value) == place.replace(
        "{}", "GraphQL schema: Syntax Error: Expected Name, found '}'."
    )


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        (
            "S: {Type: AWS::Kinesis::Stream, Properties: {}}",
            "template.yaml:3:47: AWS::Kinesis::Stream S: 'ShardCount' is missing",
        ),
        (
            "S: {Type: AWS::Kinesis::Stream, Properties: {ShardCuont: 1}}",
            (
                "template.yaml:3:48: AWS::Kinesis::Stream S: unknown property 'ShardCuont'; "
                "did you mean 'ShardCount'?"
            ),
        ),
        (
            "S: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: many}}",
            (
                "template.yaml:3:60: AWS::Kinesis::Stream S: 'ShardCount' must be "
                "a whole number from 1 to 20000, not 'many'"
            ),
        ),
        (
            TABLE + "    BillingMode: PAY_PER_REQUESTS",
            (
                "template.yaml:9:20: AWS::DynamoDB::Table T: 'BillingMode' must be "
                "'PAY_PER_REQUEST' or 'PROVISIONED', not 'PAY_PER_REQUESTS'"
            ),
        ),
        (
            TABLE,
            "template.yaml:6:7: AWS::DynamoDB::Table T: 'ProvisionedThroughput' is missing",
        ),
        (
            TABLE.replace("AttributeName: sk, KeyType", "AttributeName: zz, KeyType"),
            (
                "template.yaml:8:18: AWS::DynamoDB::Table T: key 'zz' is not in "
                "'AttributeDefinitions'"
            ),
        ),
        (
            "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: a.fifo}}",
            (
                "template.yaml:3:54: AWS::SQS::Queue Q: queue name 'a.fifo' must end in '.fifo' "
                "exactly if 'FifoQueue' is true"
            ),
        ),
        (
            (
                "Q: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: "
                "{deadLetterTargetArn: 'arn:x', maxReceiveCount: 1}}}"
            ),
            (
                "template.yaml:3:80: AWS::SQS::Queue Q: dead-letter queue 'arn:x' is no queue "
                "of this template"
            ),
        ),
        (
            (
                "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: same}}\n"
                "P: {Type: AWS::SQS::Queue, Properties: {QueueName: same}}"
            ),
            "template.yaml:4:3: Q and P are both the queue 'same'",
        ),
    ],
)
def test_a_resource_that_aws_would_refuse_is_an_error(
    project: Project, resource: str, message: str
) -> None:
    """The message names the resource, the property and what it can be."""
    with pytest.raises(ScenarioError) as caught:
        project.read_resources(resource)

    assert first_line(caught.value) == message


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        (
            "S: {Type: AWS::Kinesis::Stream, Properties: {WarmThroughputMiBps: 1}}",
            (
                "template.yaml:3:48: AWS::Kinesis::Stream S: property 'WarmThroughputMiBps' "
                "is not modelled"
            ),
        ),
        (
            "T: {Type: AWS::DynamoDB::Table, Properties: {KinesisStreamSpecification: {}}}",
            (
                "template.yaml:3:48: AWS::DynamoDB::Table T: property 'KinesisStreamSpecification' "
                "is not modelled"
            ),
        ),
        (
            (
                "B: {Type: AWS::S3::Bucket, Properties: "
                "{NotificationConfiguration: {TopicConfigurations: []}}}"
            ),
            (
                "template.yaml:3:71: AWS::S3::Bucket B: property "
                "'NotificationConfiguration.TopicConfigurations' is not modelled"
            ),
        ),
        (
            "A: {Type: AWS::AppSync::Resolver, Properties: {Code: x}}",
            "template.yaml:3:50: AWS::AppSync::Resolver A: property 'Code' is not modelled",
        ),
    ],
)
def test_a_property_that_we_do_not_model_is_refused_by_name(
    project: Project, resource: str, message: str
) -> None:
    """With what can be done about it."""
    remedy = "; take it out of the template, or name it under `without` in the world file"
    with pytest.raises(UnsupportedError) as caught:
        project.read_resources(resource)

    assert first_line(caught.value) == message + remedy
