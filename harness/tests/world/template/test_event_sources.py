"""Event source mappings and bucket notifications, and Lambda's and S3's own rules about them."""

import pytest

from harness.errors import ScenarioError, UnsupportedError
from harness.kernel.instant import Instant, minutes, seconds
from harness.mappings.mapping import BucketNotification, Mapping
from harness.runtime.function import DestinationConfiguration
from harness.tests.world.template.templates import Project, a_function, first_line

ARN = "arn:aws:{}:us-east-1:123456789012:{}"
RESOURCES = """\
Scores: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
Work: {Type: AWS::SQS::Queue}
Ordered: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
Dead: {Type: AWS::SQS::Queue}
Inbox: {Type: AWS::S3::Bucket}
Facts:
  Type: AWS::Serverless::SimpleTable
Changes:
  Type: AWS::DynamoDB::Table
  Properties:
    BillingMode: PAY_PER_REQUEST
    AttributeDefinitions: [{AttributeName: k, AttributeType: S}]
    KeySchema: [{AttributeName: k, KeyType: HASH}]
    StreamSpecification: {StreamViewType: NEW_IMAGE}
"""
OWNER = "AWS::Serverless::Function Fn: event 'In'"


def an_event(kind: str, *settings: str) -> str:
    """Return an event ``In`` whose first setting stands in line 13."""
    return "\n".join(["In:", f"  Type: {kind}", "  Properties:", *(f"    {s}" for s in settings)])


def test_a_mapping_has_lambdas_defaults(project: Project) -> None:
    """100 for streams, 10 for queues, and no end of retries."""
    events = """
        A: {Type: Kinesis, Properties: {Stream: !GetAtt Scores.Arn, StartingPosition: LATEST}}
        B: {Type: SQS, Properties: {Queue: !GetAtt Work.Arn}}
        """
    topology = project.read_resources(a_function(events) + RESOURCES)

    assert topology.mappings == (
        Mapping(
            logical_id="FnA",
            function_name="Fn",
            source_kind="kinesis",
            source_name="Scores",
            source_arn=ARN.format("kinesis", "stream/Scores"),
            batch_size=100,
            starting_position="LATEST",
        ),
        Mapping(
            logical_id="FnB",
            function_name="Fn",
            source_kind="sqs",
            source_name="Work",
            source_arn=ARN.format("sqs", "Work"),
            batch_size=10,
        ),
    )


def test_every_setting_of_a_stream_mapping_is_read(project: Project) -> None:
    """As a resource of its own, the way plain CloudFormation writes it."""
    mapping = """
        Map:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !GetAtt Fn.Arn
            EventSourceArn: !GetAtt Scores.Arn
            BatchSize: 500
            MaximumBatchingWindowInSeconds: 5
            StartingPosition: AT_TIMESTAMP
            StartingPositionTimestamp: 1767603600.5
            MaximumRetryAttempts: 3
            MaximumRecordAgeInSeconds: 60
            BisectBatchOnFunctionError: true
            ParallelizationFactor: 2
            TumblingWindowInSeconds: 30
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria: {Filters: [{Pattern: '{"partitionKey": ["a"]}'}]}
            DestinationConfig: {OnFailure: {Destination: !GetAtt Inbox.Arn}}
            Enabled: false
        """
    topology = project.read_resources(
        a_function() + RESOURCES + "\n".join(line[8:] for line in mapping.splitlines()) + "\n"
    )

    assert topology.mapping("Map") == Mapping(
        logical_id="Map",
        function_name="Fn",
        source_kind="kinesis",
        source_name="Scores",
        source_arn=ARN.format("kinesis", "stream/Scores"),
        batch_size=500,
        batching_window=seconds(5),
        starting_position="AT_TIMESTAMP",
        starting_timestamp=Instant(1_767_603_600_500_000),
        maximum_retry_attempts=3,
        maximum_record_age=minutes(1),
        bisect_batch_on_function_error=True,
        parallelization_factor=2,
        tumbling_window=seconds(30),
        report_batch_item_failures=True,
        filters=('{"partitionKey": ["a"]}',),
        on_failure=DestinationConfiguration("arn:aws:s3:::inbox", "s3"),
        is_enabled=False,
    )


def test_a_tables_stream_is_found_by_its_arn(project: Project) -> None:
    """The label of the stream is the instant at which the stack is made."""
    event = an_event("DynamoDB", "Stream: !GetAtt Changes.StreamArn", "StartingPosition: LATEST")
    topology = project.read_resources(a_function(event) + RESOURCES)

    (mapping,) = topology.mappings
    assert (mapping.source_kind, mapping.source_name) == ("dynamodb", "Changes")
    assert mapping.source_arn == ARN.format(
        "dynamodb", "table/Changes/stream/2026-01-05T09:00:00.000"
    )
    assert topology.resource_by_arn(mapping.source_arn) is topology.table("Changes")


@pytest.mark.parametrize(
    ("kind", "settings", "position", "problem"),
    [
        (
            "SQS",
            ["Queue: !GetAtt Work.Arn", "BatchSize: 11"],
            "14:24",
            (
                "Maximum batch window in seconds must be greater than 0 "
                "if maximum batch size is greater than 10"
            ),
        ),
        (
            "SQS",
            ["Queue: !GetAtt Ordered.Arn", "BatchSize: 11"],
            "14:24",
            "the batch size of a FIFO queue is at most 10",
        ),
        (
            "SQS",
            ["Queue: !GetAtt Ordered.Arn", "MaximumBatchingWindowInSeconds: 1"],
            "14:45",
            "Batching window is not supported for FIFO queues",
        ),
        (
            "SQS",
            ["Queue: !GetAtt Work.Arn", "BatchSize: 0"],
            "14:24",
            "'Properties.BatchSize' must be a whole number from 1 to 10000, not '0'",
        ),
        (
            "SQS",
            ["Queue: !GetAtt Work.Arn", "BatchSise: 5"],
            "14:13",
            "unknown property 'Properties.BatchSise'; did you mean 'BatchSize'?",
        ),
        (
            "SQS",
            ["Queue: !Ref Work"],
            "13:20",
            (
                "event source 'https://sqs.us-east-1.amazonaws.com/123456789012/Work' is no ARN; "
                "use Fn::GetAtt of a queue"
            ),
        ),
        (
            "SQS",
            ["Queue: arn:aws:sqs:us-east-1:123456789012:Other"],
            "13:20",
            (
                "event source 'arn:aws:sqs:us-east-1:123456789012:Other' is not a queue "
                "of this template"
            ),
        ),
        (
            "Kinesis",
            ["Stream: !GetAtt Work.Arn", "StartingPosition: LATEST"],
            "13:21",
            (
                "event source 'arn:aws:sqs:us-east-1:123456789012:Work' is not a stream "
                "of this template"
            ),
        ),
        (
            "DynamoDB",
            ["Stream: !GetAtt Changes.Arn", "StartingPosition: LATEST"],
            "13:21",
            (
                "event source 'arn:aws:dynamodb:us-east-1:123456789012:table/Changes' is not "
                "the stream of a table of this template"
            ),
        ),
        (
            "Kinesis",
            ["Stream: !GetAtt Scores.Arn"],
            "13:13",
            "'Properties.StartingPosition' is missing",
        ),
        (
            "Kinesis",
            [
                "Stream: !GetAtt Scores.Arn",
                "StartingPosition: LATEST",
                "MaximumRecordAgeInSeconds: 59",
            ],
            "15:40",
            (
                "'Properties.MaximumRecordAgeInSeconds' must be -1 or a whole number "
                "from 60 to 604800, not '59'"
            ),
        ),
        (
            "DynamoDB",
            ["Stream: !GetAtt Changes.StreamArn", "StartingPosition: AT_TIMESTAMP"],
            "14:31",
            "'AT_TIMESTAMP' applies to a Kinesis stream only",
        ),
        (
            "Kinesis",
            [
                "Stream: !GetAtt Scores.Arn",
                "StartingPosition: LATEST",
                "FilterCriteria: {Filters: [{Pattern: 'x'}]}",
            ],
            "15:50",
            (
                "Invalid filter pattern definition: not JSON: "
                "Expecting value: line 1 column 1 (char 0)"
            ),
        ),
        (
            "Kinesis",
            [
                "Stream: !GetAtt Scores.Arn",
                "StartingPosition: LATEST",
                "DestinationConfig: {OnFailure: {Destination: !GetAtt Fn.Arn}}",
            ],
            "15:58",
            "a function cannot be the destination: use a queue or a bucket",
        ),
        (
            "S3",
            ["Bucket: !Ref Inbox", "Events: s3:ObjectCreated:Putt"],
            "14:21",
            "unknown bucket event 's3:ObjectCreated:Putt'; did you mean 's3:ObjectCreated:Put'?",
        ),
        (
            "S3",
            ["Bucket: other", "Events: s3:ObjectCreated:*"],
            "13:21",
            "event source 'other' is no bucket of this template",
        ),
        (
            "Kinesus",
            ["Stream: x"],
            "11:17",
            "unknown event type 'Kinesus'; did you mean 'Kinesis'?",
        ),
    ],
)
def test_a_mapping_that_lambda_would_refuse_is_an_error(
    project: Project, kind: str, settings: list[str], position: str, problem: str
) -> None:
    """Found when the template is read, not when the first record arrives."""
    with pytest.raises(ScenarioError) as caught:
        project.read_resources(a_function(an_event(kind, *settings)) + RESOURCES)

    assert first_line(caught.value) == f"template.yaml:{position}: {OWNER}: {problem}"


def test_a_queue_must_hide_messages_as_long_as_its_function_may_run(project: Project) -> None:
    """Lambda refuses the mapping; thirty seconds is the queue's default."""
    event = an_event("SQS", "Queue: !GetAtt Work.Arn")
    expected = (
        r"^template\.yaml:14:20: AWS::Serverless::Function Fn: event 'In': "
        r"Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds(\n|$)"
    )

    project.read_resources(a_function(event, "Timeout: 30") + RESOURCES)
    with pytest.raises(ScenarioError, match=expected):
        project.read_resources(a_function(event, "Timeout: 31") + RESOURCES)


def test_a_source_is_mapped_to_a_function_once(project: Project) -> None:
    """Lambda answers ResourceConflictException."""
    events = """
        A: {Type: SQS, Properties: {Queue: !GetAtt Work.Arn}}
        B: {Type: SQS, Properties: {Queue: !GetAtt Work.Arn}}
        """
    expected = (
        r"^template\.yaml:11:44: AWS::Serverless::Function Fn: event 'B': "
        r"'Work' is already mapped to this function, by FnA(\n|$)"
    )
    with pytest.raises(ScenarioError, match=expected):
        project.read_resources(a_function(events) + RESOURCES)


def test_settings_of_streams_do_not_apply_to_queues(project: Project) -> None:
    """In the resource of its own both kinds share one table of settings."""
    resources = """\
Map:
  Type: AWS::Lambda::EventSourceMapping
  Properties:
    FunctionName: Fn
    EventSourceArn: !GetAtt Work.Arn
    ParallelizationFactor: 2
"""
    expected = (
        r"^template\.yaml:8:7: AWS::Lambda::EventSourceMapping Map: "
        r"'ParallelizationFactor' does not apply to a queue(\n|$)"
    )
    with pytest.raises(ScenarioError, match=expected):
        project.read_resources(resources + a_function() + RESOURCES)


def test_provisioned_pollers_are_refused(project: Project) -> None:
    """They change how many batches run at once."""
    event = an_event("SQS", "Queue: !GetAtt Work.Arn", "ProvisionedPollerConfig: {}")
    expected = (
        r"^template\.yaml:14:13: AWS::Serverless::Function Fn: event 'In': property "
        r"'Properties\.ProvisionedPollerConfig' is not modelled; "
        r"take it out of the template, or name it under `without` in the world file(\n|$)"
    )
    with pytest.raises(UnsupportedError, match=expected):
        project.read_resources(a_function(event) + RESOURCES)


def test_bucket_notifications_of_both_styles_are_read(project: Project) -> None:
    """SAM's events, and the bucket's own configuration."""
    event = """
        In:
          Type: S3
          Properties:
            Bucket: !Ref Inbox
            Events: [s3:ObjectCreated:*]
            Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}, {Name: Suffix, Value: .csv}]}}
        """
    bucket = """\
Box:
  Type: AWS::S3::Bucket
  Properties:
    NotificationConfiguration:
      QueueConfigurations:
        - {Event: 's3:ObjectRemoved:*', Queue: !GetAtt Work.Arn}
      LambdaConfigurations:
        - {Event: 's3:ObjectCreated:Put', Function: !GetAtt Fn.Arn}
"""
    topology = project.read_resources(a_function(event) + bucket + RESOURCES)

    assert topology.notifications == (
        BucketNotification(
            bucket_name="box",
            events=("s3:ObjectCreated:Put",),
            function_name="Fn",
            configuration_id="BoxFunction0",
        ),
        BucketNotification(
            bucket_name="box",
            events=("s3:ObjectRemoved:*",),
            queue_arn=ARN.format("sqs", "Work"),
            configuration_id="BoxQueue0",
        ),
        BucketNotification(
            bucket_name="inbox",
            events=("s3:ObjectCreated:*",),
            prefix="in/",
            suffix=".csv",
            function_name="Fn",
            configuration_id="FnIn",
        ),
    )


@pytest.mark.parametrize(
    ("prefix", "suffix", "event", "is_refused"),
    [
        ("in/a", "", "s3:ObjectCreated:Put", True),
        ("out/", "", "s3:ObjectCreated:Put", False),
        ("in/", ".txt", "s3:ObjectCreated:Put", False),
        ("in/", "s.csv", "s3:ObjectCreated:*", True),
        ("in/", "", "s3:ObjectRemoved:*", False),
    ],
)
def test_overlapping_notifications_are_refused(
    project: Project, prefix: str, suffix: str, event: str, *, is_refused: bool
) -> None:
    """For one event, two rules may share a prefix only if their suffixes differ."""
    rules = "Filter: {{S3Key: {{Rules: [{{Name: prefix, Value: '{}'}}, {{Name: suffix, Value: '{}'}}]}}}}"
    head = "{{Type: S3, Properties: {{Bucket: !Ref Inbox, Events: '{}', {}}}}}"
    events = "\n".join(
        [
            "A: " + head.format("s3:ObjectCreated:*", rules.format("in/", ".csv")),
            "B: " + head.format(event, rules.format(prefix, suffix)),
        ]
    )
    text = a_function(events) + RESOURCES
    if not is_refused:
        assert len(project.read_resources(text).notifications) == 2
        return
    with pytest.raises(ScenarioError) as caught:
        project.read_resources(text)
    assert caught.value.problem == (
        "AWS::Serverless::Function Fn: event 'B': Configuration is ambiguously defined. Cannot "
        "have overlapping suffixes in two rules if the prefixes are overlapping for the same "
        "event type. (the other: FnA)"
    )
