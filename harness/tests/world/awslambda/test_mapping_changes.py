"""Event source mappings listed and changed."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.tests.world.awslambda.account import (
    DEAD_ARN,
    FUNCTION_ARN,
    QUEUE_ARN,
    STREAM_ARN,
    TEMPLATE,
    an_account,
    wait_until,
)
from harness.tests.world.awslambda.mappingcalls import RECORDED, create

LIST = "https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html"


@pytest.mark.aws(
    "Specify an EventSourceArn to show only event source mappings for a single event source. MaxItems: "
    "The maximum number of event source mappings to return.",
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
    "ResourceConflictException (409): The resource already exists, or another operation is in progress.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html",
    service="lambda",
)
def test_a_mapping_cannot_become_the_same_as_another(tmp_path: Path) -> None:
    """To name its own function again changes nothing."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        of_worker = create(world)["UUID"]
        of_other = create(world, FunctionName="other")["UUID"]
        wait_until(client, world, of_other, "Enabled")
        with pytest.raises(client.exceptions.ResourceConflictException, match=of_worker) as caught:
            client.update_event_source_mapping(UUID=of_other, FunctionName="worker")
        again = client.update_event_source_mapping(UUID=of_other, FunctionName="other")

    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    assert again["FunctionArn"].endswith(":function:other")


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
