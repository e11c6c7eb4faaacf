"""Event source mappings as the API shows them, and their states."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.tests.world.awslambda.account import (
    DEAD_ARN,
    FUNCTION_ARN,
    QUEUE_ARN,
    STREAM_ARN,
    an_account,
    table_arn,
    wait_until,
)
from harness.tests.world.awslambda.mappingcalls import CREATE, RECORDED, create, refusal

API = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "test_lambda_api.snapshot.json"
)


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


@pytest.mark.aws(
    "LastModified is the date that the event source mapping was last updated or that its state "
    "changed.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html",
    service="lambda",
)
def test_a_mapping_is_modified_when_its_state_changes(tmp_path: Path) -> None:
    """When it begins to be created, and when it has been."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        created = create(world)
        world.advance(seconds(4))
        creating = client.get_event_source_mapping(UUID=created["UUID"])
        world.advance(seconds(4))
        enabled = client.get_event_source_mapping(UUID=created["UUID"])

    assert (creating["State"], enabled["State"]) == ("Creating", "Enabled")
    assert creating["LastModified"] == created["LastModified"]
    assert enabled["LastModified"] == created["LastModified"] + timedelta(seconds=5)


@pytest.mark.aws(
    "A mapping shows the same members when it is created, looked at and deleted (202); only its "
    "State differs.",
    source=RECORDED.replace("event_source_mapping/", "test_lambda_api.snapshot.json"),
    service="lambda",
)
def test_a_mapping_on_a_table_is_the_same_from_its_creation_to_its_deletion(
    tmp_path: Path,
) -> None:
    """With an on-failure destination."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        arn = table_arn(world)
        created = create(
            world,
            EventSourceArn=arn,
            StartingPosition="TRIM_HORIZON",
            BatchSize=1,
            MaximumBatchingWindowInSeconds=1,
            MaximumRetryAttempts=1,
            DestinationConfig={"OnFailure": {"Destination": DEAD_ARN}},
        )
        uuid = created["UUID"]
        enabled = wait_until(client, world, uuid, "Enabled")
        deleted = client.delete_event_source_mapping(UUID=uuid)

    statuses, states = [], []
    for shown in (created, enabled, deleted):
        statuses.append(shown.pop("ResponseMetadata")["HTTPStatusCode"])
        states.append(shown.pop("State"))
        assert isinstance(shown.pop("LastModified"), datetime)
    assert (statuses, states) == ([202, 200, 202], ["Creating", "Enabled", "Deleting"])
    assert created == enabled == deleted
    assert created == {
        "BatchSize": 1,
        "BisectBatchOnFunctionError": False,
        "DestinationConfig": {"OnFailure": {"Destination": DEAD_ARN}},
        "EventSourceArn": arn,
        "EventSourceMappingArn": (
            f"arn:aws:lambda:us-east-1:123456789012:event-source-mapping:{uuid}"
        ),
        "FunctionArn": FUNCTION_ARN,
        "FunctionResponseTypes": [],
        "LastProcessingResult": "No records processed",
        "MaximumBatchingWindowInSeconds": 1,
        "MaximumRecordAgeInSeconds": -1,
        "MaximumRetryAttempts": 1,
        "ParallelizationFactor": 1,
        "StartingPosition": "TRIM_HORIZON",
        "StateTransitionReason": "User action",
        "TumblingWindowInSeconds": 0,
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
    "State: It can be one of the following: Creating, Enabling, Enabled, Disabling, Disabled, Updating, "
    "or Deleting. ResourceInUseException: For example, you tried to update an event source mapping in "
    "the CREATING state.",
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


@pytest.mark.aws(
    "The FunctionArn of a mapping has the qualifier that its function was named with: $LATEST for a "
    "name that says so, and none for one that does not.",
    source=API,
    service="lambda",
)
@pytest.mark.parametrize(
    ("name", "arn"),
    [
        ("worker", FUNCTION_ARN),
        ("123456789012:function:worker:$LATEST", f"{FUNCTION_ARN}:$LATEST"),
        ("worker:$LATEST", f"{FUNCTION_ARN}:$LATEST"),
        (FUNCTION_ARN, FUNCTION_ARN),
    ],
)
def test_the_arn_of_a_mappings_function_is_as_it_was_named(
    tmp_path: Path, name: str, arn: str
) -> None:
    """Until the mapping gets another function."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        created = create(world, EventSourceArn=QUEUE_ARN, FunctionName=name, Enabled=False)
        uuid = created["UUID"]
        assert created["FunctionArn"] == arn
        kept = client.update_event_source_mapping(UUID=uuid, BatchSize=1)
        assert kept["FunctionArn"] == arn
        wait_until(client, world, uuid, "Disabled")
        moved = client.update_event_source_mapping(UUID=uuid, FunctionName="other")
        assert moved["FunctionArn"] == FUNCTION_ARN.replace("worker", "other")
        (listed,) = client.list_event_source_mappings(FunctionName="other")["EventSourceMappings"]
        assert listed["UUID"] == uuid
