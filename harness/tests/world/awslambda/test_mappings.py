"""The event source mapping API: what is shown, which states there are, what is refused."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from harness.errors import UnsupportedError
from harness.kernel.instant import seconds
from harness.tests.world.awslambda.account import (
    DEAD_ARN,
    FIFO_ARN,
    FUNCTION_ARN,
    QUEUE_ARN,
    STREAM_ARN,
    TEMPLATE,
    an_account,
    wait_until,
)
from harness.world.world import World

RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "event_source_mapping/"
)
CREATE = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
UPDATE = "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html"
DELETE = "https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html"
LIST = "https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html"


def create(world: World, **parameters: Any) -> dict[str, Any]:
    """Create a mapping from the stream to the worker, unless *parameters* say otherwise."""
    defaults: dict[str, Any] = {"FunctionName": "worker", "EventSourceArn": STREAM_ARN}
    if parameters.get("EventSourceArn", STREAM_ARN) == STREAM_ARN:
        defaults["StartingPosition"] = "TRIM_HORIZON"
    wanted = {name: value for name, value in (defaults | parameters).items() if value is not None}
    created: dict[str, Any] = world.client("lambda").create_event_source_mapping(**wanted)
    return created


def refusal(world: World, **parameters: Any) -> dict[str, Any]:
    """Create a mapping that must be refused; return the response."""
    with pytest.raises(ClientError) as caught:
        create(world, **parameters)
    response: dict[str, Any] = dict(caught.value.response)
    return response


def table_arn(world: World) -> str:
    """Return the ARN of the table's change stream."""
    arn: str = world.client("dynamodb").describe_table(TableName="demand")["Table"][
        "LatestStreamArn"
    ]
    return arn


@pytest.mark.aws(
    "A mapping on a stream is created with 202, the state Creating and the documented defaults.",
    source=f"{RECORDED}test_lambda_integration_kinesis.snapshot.json",
    service="lambda",
)
def test_a_mapping_on_a_stream_shows_its_defaults(tmp_path: Path) -> None:
    """Field for field, as recorded from AWS."""
    with an_account(tmp_path) as world:
        created = create(world)

    uuid = created["UUID"]
    assert created.pop("ResponseMetadata")["HTTPStatusCode"] == 202
    assert isinstance(created.pop("LastModified"), datetime)
    assert created == {
        "BatchSize": 100,
        "BisectBatchOnFunctionError": False,
        "DestinationConfig": {"OnFailure": {}},
        "EventSourceArn": STREAM_ARN,
        "EventSourceMappingArn": (
            f"arn:aws:lambda:us-east-1:123456789012:event-source-mapping:{uuid}"
        ),
        "FunctionArn": FUNCTION_ARN,
        "FunctionResponseTypes": [],
        "LastProcessingResult": "No records processed",
        "MaximumBatchingWindowInSeconds": 0,
        "MaximumRecordAgeInSeconds": -1,
        "MaximumRetryAttempts": -1,
        "ParallelizationFactor": 1,
        "StartingPosition": "TRIM_HORIZON",
        "State": "Creating",
        "StateTransitionReason": "User action",
        "TumblingWindowInSeconds": 0,
        "UUID": uuid,
    }


@pytest.mark.aws(
    "A mapping on a queue has no members of streams, and StateTransitionReason USER_INITIATED.",
    source=f"{RECORDED}test_lambda_integration_sqs.snapshot.json",
    service="lambda",
)
def test_a_mapping_on_a_queue_shows_its_defaults(tmp_path: Path) -> None:
    """Field for field, as recorded from AWS."""
    with an_account(tmp_path) as world:
        created = create(world, EventSourceArn=QUEUE_ARN)

    uuid = created["UUID"]
    del created["ResponseMetadata"], created["LastModified"]
    assert created == {
        "BatchSize": 10,
        "EventSourceArn": QUEUE_ARN,
        "EventSourceMappingArn": (
            f"arn:aws:lambda:us-east-1:123456789012:event-source-mapping:{uuid}"
        ),
        "FunctionArn": FUNCTION_ARN,
        "FunctionResponseTypes": [],
        "MaximumBatchingWindowInSeconds": 0,
        "State": "Creating",
        "StateTransitionReason": "USER_INITIATED",
        "UUID": uuid,
    }


def test_what_was_asked_for_is_what_is_shown(tmp_path: Path) -> None:
    """Every setting, of a stream and of a queue."""
    settings: dict[str, Any] = {
        "BatchSize": 7,
        "BisectBatchOnFunctionError": True,
        "DestinationConfig": {"OnFailure": {"Destination": DEAD_ARN}},
        "FilterCriteria": {"Filters": [{"Pattern": '{"data": {"a": ["x"]}}'}]},
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "MaximumBatchingWindowInSeconds": 3,
        "MaximumRecordAgeInSeconds": 60,
        "MaximumRetryAttempts": 2,
        "ParallelizationFactor": 4,
        "StartingPosition": "AT_TIMESTAMP",
        "StartingPositionTimestamp": datetime(2026, 1, 5, tzinfo=UTC),
        "TumblingWindowInSeconds": 30,
    }
    of_queue: dict[str, Any] = {
        "BatchSize": 20,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "MaximumBatchingWindowInSeconds": 5,
        "ScalingConfig": {"MaximumConcurrency": 2},
    }
    with an_account(tmp_path) as world:
        created = create(world, **settings)
        created_on_queue = create(world, EventSourceArn=QUEUE_ARN, **of_queue)

    assert {name: created[name] for name in settings} == settings
    assert {name: created_on_queue[name] for name in of_queue} == of_queue


@pytest.mark.aws(
    "A mapping is Creating, then Enabled; a disabled one is Disabled, and on its way Disabling.",
    source=CREATE,
    service="lambda",
)
def test_the_states_of_a_mapping(tmp_path: Path) -> None:
    """Each change takes a while, and another one is refused meanwhile."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        uuid = create(world)["UUID"]
        with pytest.raises(client.exceptions.ResourceInUseException, match="Cannot update"):
            client.update_event_source_mapping(UUID=uuid, BatchSize=1)
        wait_until(client, world, uuid, "Enabled")
        states = [client.update_event_source_mapping(UUID=uuid, BatchSize=1)["State"]]
        wait_until(client, world, uuid, "Enabled")
        states += [client.update_event_source_mapping(UUID=uuid, Enabled=False)["State"]]
        wait_until(client, world, uuid, "Disabled")
        states += [client.update_event_source_mapping(UUID=uuid, Enabled=True)["State"]]
        wait_until(client, world, uuid, "Enabled")
        states += [client.delete_event_source_mapping(UUID=uuid)["State"]]
        with pytest.raises(client.exceptions.ResourceInUseException, match="Cannot delete"):
            client.delete_event_source_mapping(UUID=uuid)
        world.advance(seconds(10))
        with pytest.raises(client.exceptions.ResourceNotFoundException) as caught:
            client.get_event_source_mapping(UUID=uuid)

    assert states == ["Updating", "Disabling", "Enabling", "Deleting"]
    assert caught.value.response["Error"]["Message"] == (
        "The resource you requested does not exist."
    )
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


@pytest.mark.parametrize("operation", ["get", "update", "delete"])
def test_a_mapping_that_is_not_there_is_not_found(tmp_path: Path, operation: str) -> None:
    """Whatever is asked of it."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        with pytest.raises(
            client.exceptions.ResourceNotFoundException,
            match=r"The resource you requested does not exist\.$",
        ):
            getattr(client, f"{operation}_event_source_mapping")(UUID="0" * 36)


@pytest.mark.aws(
    "A second mapping of the same source and function is a ResourceConflictException (409) naming "
    "the first one.",
    source=f"{RECORDED}test_lambda_integration_kinesis.snapshot.json",
    service="lambda",
)
def test_a_second_mapping_of_the_same_two_is_a_conflict(tmp_path: Path) -> None:
    """Streams and queues have wordings of their own; another function may read as well."""
    with an_account(tmp_path) as world:
        of_stream, of_queue = create(world), create(world, EventSourceArn=QUEUE_ARN)
        again = refusal(world)
        again_on_queue = refusal(world, EventSourceArn=QUEUE_ARN)
        create(world, FunctionName="other")

    advice = "Please update or delete the existing mapping with UUID"
    assert again["ResponseMetadata"]["HTTPStatusCode"] == 409
    assert again["Error"] == {
        "Code": "ResourceConflictException",
        "Message": (
            f'The event source arn (" {STREAM_ARN} ") and function (" worker ") provided mapping '
            f"already exists. {advice} {of_stream['UUID']}"
        ),
    }
    assert again_on_queue["Error"]["Message"] == (
        f'An event source mapping with SQS arn (" {QUEUE_ARN} ") and function (" worker ") already '
        f"exists. {advice} {of_queue['UUID']}"
    )


POSITION_ENUM = (
    "1 validation error detected: Value 'EARLIEST' at 'startingPosition' failed to satisfy "
    "constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]"
)
STAMP = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.aws(
    "Starting positions that do not fit their source are refused, each in words of its own.",
    source=f"{RECORDED}test_api.snapshot.json",
    service="lambda",
)
@pytest.mark.parametrize(
    ("parameters", "code", "message"),
    [
        ({"StartingPosition": "EARLIEST"}, "ValidationException", POSITION_ENUM),
        (
            {"EventSourceArn": QUEUE_ARN, "StartingPosition": "EARLIEST"},
            "ValidationException",
            POSITION_ENUM,
        ),
        (
            {"StartingPosition": "LATEST", "StartingPositionTimestamp": STAMP},
            "InvalidParameterValueException",
            "Timestamp only valid with StartingPosition AT_TIMESTAMP",
        ),
        (
            {"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": -1},
            "InvalidParameterValueException",
            (
                "Received Exception while reading from provided stream. "
                "class java.lang.Long can not be converted to a Timestamp"
            ),
        ),
        (
            {"EventSourceArn": QUEUE_ARN, "StartingPosition": "LATEST"},
            "InvalidParameterValueException",
            "StartingPosition is not valid for SQS event sources.",
        ),
        (
            {"StartingPosition": None},
            "InvalidParameterValueException",
            (
                "1 validation error detected: Value null at 'startingPosition' failed to satisfy "
                "constraint: Member must not be null."
            ),
        ),
        (
            {
                "StartingPosition": "AT_TIMESTAMP",
                "StartingPositionTimestamp": STAMP + timedelta(days=9999),
            },
            "InvalidParameterValueException",
            "StartingPositionTimestamp cannot be in the future.",
        ),
    ],
)
def test_a_starting_position_fits_its_source(
    tmp_path: Path, parameters: dict[str, Any], code: str, message: str
) -> None:
    """Checked before anything is created."""
    with an_account(tmp_path) as world:
        response = refusal(world, **parameters)
        assert world.client("lambda").list_event_source_mappings()["EventSourceMappings"] == []

    assert response["Error"] == {"Code": code, "Message": message}


def test_a_table_cannot_be_read_from_a_timestamp(tmp_path: Path) -> None:
    """AT_TIMESTAMP is for Kinesis."""
    with an_account(tmp_path) as world:
        arn = table_arn(world)
        response = refusal(
            world,
            EventSourceArn=arn,
            StartingPosition="AT_TIMESTAMP",
            StartingPositionTimestamp=STAMP,
        )

    assert response["Error"]["Message"] == f"Unsupported starting position for arn type: {arn}"


@pytest.mark.aws(
    "A source that does not exist, or that Lambda cannot read, is an InvalidParameterValueException.",
    source=f"{RECORDED}test_lambda_integration_dynamodbstreams.snapshot.json",
    service="lambda",
)
@pytest.mark.parametrize(
    ("arn", "message"),
    [
        (f"{STREAM_ARN}-none", f"Stream not found: {STREAM_ARN}-none"),
        (
            "arn:aws:dynamodb:us-east-1:123456789012:table/demand/stream/2020-01-01T00:00:00.000",
            (
                "Stream not found: arn:aws:dynamodb:us-east-1:123456789012:table/demand/stream/"
                "2020-01-01T00:00:00.000"
            ),
        ),
        (
            f"{QUEUE_ARN}-none",
            (
                "Error occurred while ReceiveMessage. SQS Error Code: "
                "AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue "
                "does not exist."
            ),
        ),
        ("arn:aws:sns:us-east-1:123456789012:topic", "Unrecognized event source."),
        (None, "Unrecognized event source."),
    ],
)
def test_a_source_must_be_there(tmp_path: Path, arn: str | None, message: str) -> None:
    """And be a stream, the stream of a table, or a queue."""
    with an_account(tmp_path) as world:
        response = refusal(world, EventSourceArn=arn, StartingPosition="LATEST")

    assert response["Error"] == {
        "Code": "InvalidParameterValueException", "Message": message,
    }  # fmt: skip


def test_a_mapping_to_a_function_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """In CreateEventSourceMapping's own words."""
    with an_account(tmp_path) as world:
        response = refusal(world, FunctionName="nobody")

    assert response["Error"] == {
        "Code": "InvalidParameterValueException", "Message": "Function does not exist",
    }  # fmt: skip


@pytest.mark.aws(
    "Settings have the ranges of the API's model.",
    source=CREATE,
    service="lambda",
)
@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("BatchSize", 10_001, "less than or equal to 10000"),
        ("MaximumBatchingWindowInSeconds", 301, "less than or equal to 300"),
        ("MaximumRecordAgeInSeconds", 604_801, "less than or equal to 604800"),
        ("MaximumRetryAttempts", 10_001, "less than or equal to 10000"),
        ("ParallelizationFactor", 11, "less than or equal to 10"),
        ("TumblingWindowInSeconds", 901, "less than or equal to 900"),
    ],
)
def test_a_setting_has_an_upper_bound(tmp_path: Path, name: str, value: int, problem: str) -> None:
    """What botocore does not check itself is a ValidationException."""
    with an_account(tmp_path) as world:
        response = refusal(world, **{name: value})

    member = name[0].lower() + name[1:]
    assert response["Error"] == {
        "Code": "ValidationException",
        "Message": (
            f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy "
            f"constraint: Member must have value {problem}"
        ),
    }


@pytest.mark.aws(
    "A setting that the kind of source does not have is refused by its name.",
    source=CREATE,
    service="lambda",
)
@pytest.mark.parametrize(
    ("arn", "parameters", "message"),
    [
        (QUEUE_ARN, {"ParallelizationFactor": 2}, "Unsupported 'parallelizationFactor' parameter"),
        (QUEUE_ARN, {"MaximumRetryAttempts": 2}, "Unsupported 'maximumRetryAttempts' parameter"),
        (
            QUEUE_ARN,
            {"DestinationConfig": {"OnFailure": {"Destination": DEAD_ARN}}},
            "Unsupported DestinationConfig parameter",
        ),
        (
            STREAM_ARN,
            {"DestinationConfig": {"OnSuccess": {"Destination": DEAD_ARN}}},
            "Unsupported DestinationConfig parameter",
        ),
        (
            STREAM_ARN,
            {"ScalingConfig": {"MaximumConcurrency": 2}},
            "Unsupported 'scalingConfig' parameter",
        ),
    ],
)
def test_a_setting_that_does_not_apply_is_refused(
    tmp_path: Path, arn: str, parameters: dict[str, Any], message: str
) -> None:
    """As AWS does for the sources that lack it."""
    with an_account(tmp_path) as world:
        response = refusal(world, EventSourceArn=arn, **parameters)

    assert response["Error"]["Message"] == f"{message} for given event source mapping type."


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"EventSourceArn": QUEUE_ARN, "BatchSize": 11},
            (
                "Maximum batch window in seconds must be greater than 0 if maximum batch size is "
                "greater than 10"
            ),
        ),
        (
            {"EventSourceArn": FIFO_ARN, "MaximumBatchingWindowInSeconds": 1},
            "Batching window is not supported for FIFO queues",
        ),
        (
            {"FilterCriteria": {"Filters": [{"Pattern": '{"data": {"a": "x"}}'}]}},
            "Invalid filter pattern definition.",
        ),
        (
            {"FilterCriteria": {"Filters": [{}]}},
            "Invalid filter pattern definition.",
        ),
    ],
)
def test_what_aws_refuses_of_a_mapping_is_refused(
    tmp_path: Path, parameters: dict[str, Any], message: str
) -> None:
    """The rules of queues and of patterns."""
    with an_account(tmp_path) as world:
        response = refusal(world, **parameters)

    assert response["Error"] == {
        "Code": "InvalidParameterValueException", "Message": message,
    }  # fmt: skip


def test_a_queue_must_hide_messages_longer_than_the_function_runs(tmp_path: Path) -> None:
    """At creation, and at an update as well."""
    with an_account(tmp_path) as world:
        world.deploy("Worker", Timeout=60)
        response = refusal(world, EventSourceArn=QUEUE_ARN)

    assert response["Error"]["Message"] == (
        "Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds"
    )


@pytest.mark.parametrize(
    ("parameters", "what"),
    [
        ({"Tags": {"a": "b"}}, "Tags"),
        ({"ProvisionedPollerConfig": {"MinimumPollers": 2}}, "ProvisionedPollerConfig"),
        (
            {
                "DestinationConfig": {
                    "OnFailure": {"Destination": "arn:aws:sns:us-east-1:123456789012:topic"}
                }
            },
            "SNS",
        ),
        ({"DestinationConfig": {"OnFailure": {"Destination": "kafka://topic"}}}, "kafka://topic"),
    ],
)
def test_what_is_not_modelled_is_refused_by_name(
    tmp_path: Path, parameters: dict[str, Any], what: str
) -> None:
    """Rather than lost."""
    with an_account(tmp_path) as world, pytest.raises(UnsupportedError, match=what):
        create(world, **parameters)


@pytest.mark.aws(
    "ListEventSourceMappings lists those of a function, of a source, or all, up to MaxItems a page.",
    source=LIST,
    service="lambda",
)
def test_mappings_are_listed_by_source_and_function(tmp_path: Path) -> None:
    """In the order of their creation."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        wanted = [
            create(world)["UUID"],
            create(world, FunctionName="other")["UUID"],
            create(world, EventSourceArn=QUEUE_ARN)["UUID"],
        ]

        def listed(**parameters: Any) -> list[str]:
            answer = client.list_event_source_mappings(**parameters)
            return [mapping["UUID"] for mapping in answer["EventSourceMappings"]]

        paginator = client.get_paginator("list_event_source_mappings")
        pages = list(paginator.paginate(PaginationConfig={"PageSize": 2}))
        assert listed() == wanted
        assert listed(FunctionName="worker") == [wanted[0], wanted[2]]
        assert listed(FunctionName=FUNCTION_ARN) == [wanted[0], wanted[2]]
        assert listed(EventSourceArn=STREAM_ARN) == wanted[:2]
        assert listed(EventSourceArn=QUEUE_ARN, FunctionName="other") == []

    assert [len(page["EventSourceMappings"]) for page in pages] == [2, 1]


MAPPED = (
    TEMPLATE
    + """\
      Events:
        Reports: {Type: SQS, Properties: {Queue: !GetAtt Reports.Arn}}
        Scores:
          Type: Kinesis
          Properties: {Stream: !GetAtt Scores.Arn, StartingPosition: LATEST, BatchSize: 5}
"""
)


def test_the_mappings_of_the_template_are_there_from_the_start(tmp_path: Path) -> None:
    """Enabled; what the API changes of them is what a deployment would."""
    with an_account(tmp_path, template=MAPPED) as world:
        client = world.client("lambda")
        shown = client.list_event_source_mappings()["EventSourceMappings"]
        by_source = {mapping["EventSourceArn"]: mapping for mapping in shown}
        assert {mapping["State"] for mapping in shown} == {"Enabled"}
        assert by_source[STREAM_ARN]["BatchSize"] == 5
        again = client.list_event_source_mappings()["EventSourceMappings"]
        assert [mapping["UUID"] for mapping in again] == [mapping["UUID"] for mapping in shown]

        uuid = by_source[STREAM_ARN]["UUID"]
        client.update_event_source_mapping(UUID=uuid, BatchSize=2)
        wait_until(client, world, uuid, "Enabled")
        world.client("kinesis").put_records(
            StreamName="scores", Records=[{"Data": b"{}", "PartitionKey": "k"}] * 5
        )
        world.settle()
        sizes = [entry.details["size"] for entry in world.journal.of_kind("batch")]
        client.delete_event_source_mapping(UUID=by_source[QUEUE_ARN]["UUID"])
        world.advance(seconds(10))
        world.client("sqs").send_message(QueueUrl="reports", MessageBody="x")
        world.settle()
        left = client.list_event_source_mappings()["EventSourceMappings"]

    assert sizes == [2, 2, 1]
    assert [mapping["UUID"] for mapping in left] == [uuid]
    assert len(list(world.journal.of_kind("batch"))) == 3


def test_the_logical_id_names_a_mapping_of_the_template_within_the_harness(tmp_path: Path) -> None:
    """It is what Ref gives in the template."""
    with an_account(tmp_path, template=MAPPED) as world:
        shown = world.call("lambda", "GetEventSourceMapping", {"UUID": "OtherReports"})

    assert shown["EventSourceArn"] == QUEUE_ARN


def test_another_function_and_more_lanes_can_take_over(tmp_path: Path) -> None:
    """Once the update is through."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        uuid = create(world)["UUID"]
        wait_until(client, world, uuid, "Enabled")
        updated = client.update_event_source_mapping(
            UUID=uuid, FunctionName="other", ParallelizationFactor=2
        )
        wait_until(client, world, uuid, "Enabled")
        world.client("kinesis").put_record(StreamName="scores", Data=b"{}", PartitionKey="k")
        world.settle()
        (invocation,) = world.journal.of_kind("invocation")
        with pytest.raises(client.exceptions.InvalidParameterValueException):
            client.update_event_source_mapping(UUID=uuid, FunctionName="nobody")

    assert updated["FunctionArn"].endswith(":function:other")
    assert updated["ParallelizationFactor"] == 2
    assert invocation.subject == "Other"


@pytest.mark.aws(
    "A mapping that is created with Enabled false is Disabled at once, and can be enabled at once.",
    source=f"{RECORDED}test_lambda_integration_sqs.snapshot.json",
    service="lambda",
)
def test_a_mapping_can_begin_disabled(tmp_path: Path) -> None:
    """Messages wait until it is Enabled."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        created = create(world, EventSourceArn=QUEUE_ARN, Enabled=False)
        world.client("sqs").send_message(QueueUrl="reports", MessageBody="x")
        world.settle()
        waiting = len(list(world.journal.of_kind("invocation")))
        enabling = client.update_event_source_mapping(UUID=created["UUID"], Enabled=True)
        wait_until(client, world, created["UUID"], "Enabled")
        world.settle()
        after = len(list(world.journal.of_kind("invocation")))

    assert (created["State"], enabling["State"]) == ("Disabled", "Enabling")
    assert (waiting, after) == (0, 1)


def test_settings_can_be_taken_away_again(tmp_path: Path) -> None:
    """An empty FilterCriteria, DestinationConfig or ScalingConfig removes it; -1 is no limit."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        created = create(
            world,
            FilterCriteria={"Filters": [{"Pattern": json.dumps({"data": {"a": ["x"]}})}]},
            DestinationConfig={"OnFailure": {"Destination": DEAD_ARN}},
            MaximumRetryAttempts=3,
            FunctionResponseTypes=["ReportBatchItemFailures"],
        )
        wait_until(client, world, created["UUID"], "Enabled")
        updated = client.update_event_source_mapping(
            UUID=created["UUID"],
            FilterCriteria={},
            DestinationConfig={"OnFailure": {}},
            MaximumRetryAttempts=-1,
            FunctionResponseTypes=[],
        )

    assert updated["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert "FilterCriteria" not in updated
    assert updated["DestinationConfig"] == {"OnFailure": {}}
    assert (updated["MaximumRetryAttempts"], updated["FunctionResponseTypes"]) == (-1, [])
