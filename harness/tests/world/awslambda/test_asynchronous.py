"""Asynchronous events through the API: destinations, retries, age, and the settings for them."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from harness.errors import UnsupportedError
from harness.kernel.instant import hours, seconds
from harness.tests.world.awslambda.account import DEAD_ARN, FUNCTION_ARN, QUEUE_ARN, an_account
from harness.world.world import World

RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "test_lambda_destinations.snapshot.json"
)
API = RECORDED.replace("destinations", "api")
RUN = RECORDED.replace("_destinations", "")
REFERENCE = "https://docs.aws.amazon.com/lambda/latest/api/"
RETAINING = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"
ERRORS = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html"


def configure(world: World, **settings: Any) -> dict[str, Any]:
    """Configure the worker's asynchronous events."""
    answer: dict[str, Any] = world.client("lambda").put_function_event_invoke_config(
        FunctionName="worker", **settings
    )
    return answer


def send(world: World, event: Any) -> None:
    """Send the worker an event and let everything come to rest."""
    world.client("lambda").invoke(
        FunctionName="worker", InvocationType="Event", Payload=json.dumps(event).encode()
    )
    world.settle()


def received(world: World, queue: str) -> list[Any]:
    """Return the bodies in a queue."""
    answer = world.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    return [json.loads(message["Body"]) for message in answer.get("Messages", [])]


@pytest.mark.aws(
    "An OnSuccess destination gets the request, its context with the condition Success and the "
    "qualified ARN, and the response.",
    source=RECORDED,
    service="lambda",
)
def test_a_success_is_sent_to_its_destination(tmp_path: Path) -> None:
    """Field for field."""
    with an_account(tmp_path) as world:
        configure(world, DestinationConfig={"OnSuccess": {"Destination": QUEUE_ARN}})
        send(world, {"answer": "done"})
        (record,) = received(world, "reports")
        (invocation,) = world.journal.of_kind("invocation")

    assert record == {
        "version": "1.0",
        "timestamp": record["timestamp"],
        "requestContext": {
            "requestId": invocation.details["request_id"],
            "functionArn": f"{FUNCTION_ARN}:$LATEST",
            "condition": "Success",
            "approximateInvokeCount": 1,
        },
        "requestPayload": {"answer": "done"},
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST"},
        "responsePayload": "done",
    }
    assert record["timestamp"].endswith("Z")


@pytest.mark.aws(
    "If the function returns an error, by default Lambda attempts to run it two more times, with a "
    "one-minute wait between the first two attempts, and two minutes between the second and third "
    "attempts.",
    source=ERRORS,
    service="lambda",
)
@pytest.mark.aws(
    "After the last try the OnFailure destination gets RetriesExhausted, the count 3 and the error's "
    "document.",
    source=RECORDED,
    service="lambda",
)
def test_a_failure_is_sent_to_its_destination(tmp_path: Path) -> None:
    """All tries have one request id."""
    with an_account(tmp_path) as world:
        configure(world, DestinationConfig={"OnFailure": {"Destination": DEAD_ARN}})
        start = world.now
        send(world, {"fails": True})
        (record,) = received(world, "dead")
        invocations = list(world.journal.of_kind("invocation"))

    assert [round((entry.instant - start) / 1_000_000) for entry in invocations] == [0, 60, 180]
    assert len({entry.details["request_id"] for entry in invocations}) == 1
    payload = record.pop("responsePayload")
    assert payload["errorType"] == "ValueError"
    assert record == {
        "version": "1.0",
        "timestamp": record["timestamp"],
        "requestContext": {
            "requestId": invocations[0].details["request_id"],
            "functionArn": f"{FUNCTION_ARN}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": 3,
        },
        "requestPayload": {"fails": True},
        "responseContext": {
            "statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled",
        },
    }  # fmt: skip


@pytest.mark.aws(
    "MaximumRetryAttempts: The maximum number of times to retry when the function returns an error. "
    "Valid Range: Minimum value of 0. Maximum value of 2.",
    source=f"{REFERENCE}API_PutFunctionEventInvokeConfig.html",
    service="lambda",
)
@pytest.mark.parametrize("attempts", [0, 1, 2])
def test_an_event_is_tried_once_more_than_its_retries(tmp_path: Path, attempts: int) -> None:
    """And the record counts them."""
    with an_account(tmp_path) as world:
        destinations = {"OnFailure": {"Destination": DEAD_ARN}}
        configure(world, MaximumRetryAttempts=attempts, DestinationConfig=destinations)
        send(world, {"fails": True})
        (record,) = received(world, "dead")

    assert record["requestContext"]["approximateInvokeCount"] == attempts + 1


@pytest.mark.aws(
    "An event that would be older than MaximumEventAgeInSeconds at its next try is discarded with "
    "EventAgeExceeded; the record has the response of the last try.",
    source=RECORDED,
    service="lambda",
)
@pytest.mark.parametrize(("age", "tries"), [(60, 1), (100, 2), (179, 2), (240, 3)])
def test_an_event_that_grows_too_old_is_discarded(tmp_path: Path, age: int, tries: int) -> None:
    """Retries are a minute and three minutes after the first try."""
    with an_account(tmp_path) as world:
        configure(
            world,
            MaximumEventAgeInSeconds=age,
            DestinationConfig={"OnFailure": {"Destination": DEAD_ARN}},
        )
        send(world, {"fails": True})
        (record,) = received(world, "dead")

    assert record["requestContext"]["condition"] == (
        "EventAgeExceeded" if tries < 3 else "RetriesExhausted"
    )
    assert record["requestContext"]["approximateInvokeCount"] == tries
    assert record["responseContext"]["functionError"] == "Unhandled"
    assert record["responsePayload"]["errorMessage"] == "boom"


@pytest.mark.aws(
    "Lambda stores the invocation record as a JSON object in the destination bucket. The S3 object name "
    "uses the following naming convention: "
    "aws/lambda/async/<function-name>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<Random UUID>",
    source=RETAINING,
    service="lambda",
)
def test_a_bucket_can_be_a_destination(tmp_path: Path) -> None:
    """The record is what a queue would get."""
    with an_account(tmp_path) as world:
        bucket = {"OnFailure": {"Destination": "arn:aws:s3:::failures"}}
        configure(world, MaximumRetryAttempts=0, DestinationConfig=bucket)
        send(world, {"fails": True})
        client = world.client("s3")
        (found,) = client.list_objects_v2(Bucket="failures")["Contents"]
        body = json.loads(client.get_object(Bucket="failures", Key=found["Key"])["Body"].read())

    folder, _, name = found["Key"].rpartition("/")
    assert folder.startswith("aws/lambda/async/worker/2026/")
    assert len(name) == len("2025-01-03T14.50.23-") + 36
    assert body["requestContext"]["condition"] == "RetriesExhausted"
    assert body["requestPayload"] == {"fails": True}


@pytest.mark.aws(
    "For throttling errors (429) and system errors (500-series), Lambda returns the event to the queue "
    "and attempts to run the function again for up to 6 hours by default. The retry interval increases "
    "exponentially from 1 second after the first attempt to a maximum of 5 minutes.",
    source=ERRORS,
    service="lambda",
)
def test_a_throttled_event_waits_for_room(tmp_path: Path) -> None:
    """It uses up no retry."""
    handler = "import time\n\ndef handler(event, context):\n    time.sleep(15)\n"
    with an_account(tmp_path, handler) as world:
        client = world.client("lambda")
        client.put_function_concurrency(FunctionName="worker", ReservedConcurrentExecutions=1)
        configure(world, MaximumRetryAttempts=0)
        for _ in range(3):
            client.invoke(FunctionName="worker", InvocationType="Event")
        start = world.now
        end = world.settle()
        throttles = list(world.journal.of_kind("throttled"))
        assert len(list(world.journal.of_kind("returned"))) == 3
        assert list(world.journal.of_kind("event_dropped")) == []

    assert throttles
    assert end - start < hours(1)


@pytest.mark.aws(
    "With reserved concurrency 0 an event goes to the on-failure destination with the condition "
    "ZeroReservedConcurrency, approximateInvokeCount 0, and no response.",
    source=RUN,
    service="lambda",
)
def test_a_function_without_concurrency_gives_its_events_up_at_once(tmp_path: Path) -> None:
    """The record has a request and no response."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        client.put_function_concurrency(FunctionName="worker", ReservedConcurrentExecutions=0)
        configure(world, DestinationConfig={"OnFailure": {"Destination": DEAD_ARN}})
        send(world, {"a": 1})
        (record,) = received(world, "dead")
        assert list(world.journal.of_kind("invocation")) == []

    assert record["requestContext"]["condition"] == "ZeroReservedConcurrency"
    assert record["requestContext"]["approximateInvokeCount"] == 0
    assert record["requestPayload"] == {"a": 1}
    assert "responsePayload" not in record


@pytest.mark.aws(
    "Lambda passes the invocation record as the payload to the function.",
    source=RETAINING,
    service="lambda",
)
def test_a_function_can_be_a_destination(tmp_path: Path) -> None:
    """Asynchronously."""
    with an_account(tmp_path) as world:
        other = FUNCTION_ARN.replace("worker", "other")
        configure(world, DestinationConfig={"OnSuccess": {"Destination": other}})
        send(world, {"answer": 1})
        _, returned = world.journal.of_kind("returned")

    assert returned.actor == "Other"
    assert returned.details["payload"]["other"]["responsePayload"] == 1


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"MaximumRetryAttempts": 3}, "'3' at 'maximumRetryAttempts'"),
        ({"MaximumEventAgeInSeconds": 21_601}, "'21601' at 'maximumEventAgeInSeconds'"),
    ],
)
def test_a_setting_out_of_its_bounds_is_refused(
    tmp_path: Path, settings: dict[str, int], message: str
) -> None:
    """With AWS's ValidationException."""
    with an_account(tmp_path) as world, pytest.raises(ClientError, match=message) as caught:
        configure(world, **settings)

    assert caught.value.response["Error"]["Code"] == "ValidationException"


def test_a_topic_as_destination_is_refused_by_name(tmp_path: Path) -> None:
    """SNS is not modelled."""
    topic = {"OnSuccess": {"Destination": "arn:aws:sns:us-east-1:123456789012:topic"}}
    with an_account(tmp_path) as world, pytest.raises(UnsupportedError, match="SNS"):
        configure(world, DestinationConfig=topic)


@pytest.mark.aws(
    "You can reserve concurrency for as many functions as you like, as long as you leave at least 100 "
    "simultaneous executions unreserved for functions that aren't configured with a per-function limit.",
    source=f"{REFERENCE}API_PutFunctionConcurrency.html",
    service="lambda",
)
@pytest.mark.aws(
    "A number of ReservedConcurrentExecutions that cannot be had (recorded: one lower than what is "
    "provisioned) is an InvalidParameterValueException without a Type.",
    source=RUN,
    service="lambda",
)
def test_reserved_concurrency_leaves_some_unreserved(tmp_path: Path) -> None:
    """900 can be reserved, for all functions together."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        assert "ReservedConcurrentExecutions" not in client.get_function_concurrency(
            FunctionName="worker"
        )
        client.put_function_concurrency(FunctionName="other", ReservedConcurrentExecutions=400)
        put = client.put_function_concurrency(
            FunctionName="worker", ReservedConcurrentExecutions=500
        )
        with pytest.raises(client.exceptions.InvalidParameterValueException) as caught:
            client.put_function_concurrency(
                FunctionName="worker", ReservedConcurrentExecutions=501
            )
        shown = client.get_function_concurrency(FunctionName="worker")
        deleted = client.delete_function_concurrency(FunctionName="worker")

    assert put["ReservedConcurrentExecutions"] == shown["ReservedConcurrentExecutions"] == 500
    assert deleted["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert caught.value.response["Error"]["Message"] == (
        "Specified ReservedConcurrentExecutions for function decreases account's "
        "UnreservedConcurrentExecution below its minimum value of [100]."
    )
    assert "Type" not in caught.value.response


@pytest.mark.aws(
    "Concurrency for a function that does not exist is a ResourceNotFoundException naming its "
    "latest version, also where the number would be refused.",
    source=API,
    service="lambda",
)
@pytest.mark.parametrize("reserved", [1, 5_000])
def test_concurrency_is_reserved_for_a_function_that_is_there(
    tmp_path: Path, reserved: int
) -> None:
    """The function is looked for first."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        with pytest.raises(client.exceptions.ResourceNotFoundException) as caught:
            client.put_function_concurrency(
                FunctionName="nobody", ReservedConcurrentExecutions=reserved
            )

    assert caught.value.response["Error"]["Message"] == (
        f"Function not found: {FUNCTION_ARN.replace('worker', 'nobody')}:$LATEST"
    )


@pytest.mark.aws(
    "Concurrency is reserved for functions, and for no version or alias of one.",
    source=API,
    service="lambda",
)
@pytest.mark.parametrize("name", ["worker:$LATEST", f"{FUNCTION_ARN}:$LATEST", "worker:live"])
def test_concurrency_is_reserved_for_no_version(tmp_path: Path, name: str) -> None:
    """In words of its own."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        with pytest.raises(client.exceptions.InvalidParameterValueException) as caught:
            client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=1)

    assert caught.value.response["Error"]["Message"] == (
        "This operation is permitted on Lambda functions only. Aliases and versions do not support "
        "this operation. Please specify either a function name or an unqualified function ARN."
    )


@pytest.mark.aws(
    "Objects declared outside of the function's handler method remain initialized, providing additional "
    "optimization when the function is invoked again.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html",
    service="lambda",
)
def test_settings_of_events_and_of_concurrency_leave_environments_alone(tmp_path: Path) -> None:
    """Those that wait, and those that are at work. Of these settings the guide says nothing."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        client.invoke(FunctionName="worker", Payload=b"{}")
        client.put_function_concurrency(FunctionName="worker", ReservedConcurrentExecutions=1)
        client.invoke(FunctionName="worker", Payload=b"{}")
        client.invoke(FunctionName="worker", InvocationType="Event", Payload=b"{}")
        configure(world, MaximumRetryAttempts=0)
        world.settle()
        client.delete_function_concurrency(FunctionName="worker")
        client.delete_function_event_invoke_config(FunctionName="worker")
        client.invoke(FunctionName="worker", Payload=b"{}")
        invocations = list(world.journal.of_kind("invocation"))

    assert [entry.details["cold"] for entry in invocations] == [True, False, False, False]


def test_time_passes_between_the_tries(tmp_path: Path) -> None:
    """A minute and no less before the second."""
    with an_account(tmp_path) as world:
        world.client("lambda").invoke(
            FunctionName="worker", InvocationType="Event", Payload=b'{"fails": true}'
        )
        world.advance(seconds(59))
        assert len(list(world.journal.of_kind("invocation"))) == 1
        world.advance(seconds(3))
        assert len(list(world.journal.of_kind("invocation"))) == 2
