"""Invoke, as boto3's client of a world knows it."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from harness.errors import UnsupportedError
from harness.kernel.instant import seconds
from harness.tests.world.awslambda.account import FUNCTION_ARN, an_account

INVOKE = "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"
RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "test_lambda.snapshot.json"
)


@pytest.mark.aws(
    "Payload: The response from the function, or an error object. ExecutedVersion: The version of "
    "the function that executed. For the RequestResponse invocation type, this status code is 200.",
    source=INVOKE,
    service="lambda",
)
@pytest.mark.parametrize(
    "name",
    [
        "worker",
        "worker:$LATEST",
        "function:worker",
        "123456789012:function:worker",
        FUNCTION_ARN,
        f"{FUNCTION_ARN}:$LATEST",
    ],
)
def test_a_function_answers_under_each_of_its_names(tmp_path: Path, name: str) -> None:
    """The name, a part of the ARN, or the whole of it."""
    with an_account(tmp_path) as world:
        answer = world.client("lambda").invoke(
            FunctionName=name, Payload=b'{"a": [1, "\xc3\xa9"]}'
        )

    assert answer["StatusCode"] == 200
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert answer["ExecutedVersion"] == "$LATEST"
    assert "FunctionError" not in answer
    assert json.loads(answer["Payload"].read()) == {"a": [1, "\xe9"]}


@pytest.mark.aws(
    "The context shows the ARN that the function was invoked by: with $LATEST if that was named.",
    source=RECORDED.replace("test_lambda.", "test_lambda_common."),
    service="lambda",
)
@pytest.mark.parametrize("invocation_type", ["RequestResponse", "Event"])
@pytest.mark.parametrize(
    ("named", "suffix"),
    [
        ({"FunctionName": "worker"}, ""),
        ({"FunctionName": "worker", "Qualifier": "$LATEST"}, ":$LATEST"),
        ({"FunctionName": f"{FUNCTION_ARN}:$LATEST"}, ":$LATEST"),
    ],
)
def test_a_function_sees_by_which_arn_it_was_invoked(
    tmp_path: Path, invocation_type: str, named: dict[str, str], suffix: str
) -> None:
    """Of an event nothing is recorded; the developer guide says it of every invocation."""
    handler = "def handler(event, context):\n    return context.invoked_function_arn\n"
    with an_account(tmp_path, handler) as world:
        world.client("lambda").invoke(InvocationType=invocation_type, Payload=b"{}", **named)
        world.settle()
        (returned,) = world.journal.of_kind("returned")

    assert returned.details["payload"] == FUNCTION_ARN + suffix


@pytest.mark.aws(
    "A function that fails answers 200 with FunctionError Unhandled and the error's document: "
    "errorMessage, errorType, requestId and stackTrace.",
    source=RECORDED,
    service="lambda",
)
def test_a_function_that_fails_is_an_answer_and_no_error(tmp_path: Path) -> None:
    """With the type, the message, the request id and the trace."""
    with an_account(tmp_path) as world:
        answer = world.client("lambda").invoke(FunctionName="worker", Payload=b'{"fails": true}')
        document = json.loads(answer["Payload"].read())

    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    assert (document["errorType"], document["errorMessage"]) == ("ValueError", "boom")
    assert document["stackTrace"][0].startswith('  File "/var/task/wicked.py", line 6, in handler')
    assert len(document["requestId"]) == 36


@pytest.mark.aws(
    "LogType: Set to Tail to include the execution log in the response. LogResult: The last 4 KB of "
    "the execution log, which is base64-encoded.",
    source=INVOKE,
    service="lambda",
)
def test_the_tail_of_the_log_comes_back_when_it_is_asked_for(tmp_path: Path) -> None:
    """START, what the function printed, END and REPORT; at most 4,096 bytes of it."""
    handler = "def handler(event, context):\n    print('line ' * event['count'])\n"
    with an_account(tmp_path, handler) as world:
        client = world.client("lambda")
        short = client.invoke(FunctionName="worker", LogType="Tail", Payload=b'{"count": 1}')
        long = client.invoke(FunctionName="worker", LogType="Tail", Payload=b'{"count": 5000}')
        none = client.invoke(FunctionName="worker", Payload=b'{"count": 1}')

    lines = b64decode(short["LogResult"]).decode().splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["START", "line", "END", "REPORT"]
    assert "Billed Duration: " in lines[-1]
    assert len(b64decode(long["LogResult"])) == 4_096
    assert b64decode(long["LogResult"]).endswith(b"Max Memory Used: 128 MB\t\n")
    assert "LogResult" not in none


@pytest.mark.parametrize(
    ("body", "end"),
    [
        ("time.sleep(60)", "Max Memory Used: 128 MB\tStatus: timeout"),
        ("sys.exit(1)", "Max Memory Used: 128 MB\tStatus: error\tError Type: Runtime.ExitError"),
        ("raise ValueError", "Max Memory Used: 128 MB\t"),
    ],
)
def test_the_report_says_how_an_invocation_was_ended(tmp_path: Path, body: str, end: str) -> None:
    """Nothing else in the log says that it timed out.

    So people quote their logs: DataBiosphere/azul#8140, and nishidemasami/contactform-api#29 with
    another type of error.
    """
    handler = f"import sys, time\ndef handler(event, context):\n    {body}\n"
    with an_account(tmp_path, handler) as world:
        answer = world.client("lambda").invoke(FunctionName="worker", LogType="Tail")

    log = b64decode(answer["LogResult"]).decode()
    assert log.endswith(f"{end}\n")
    assert "timed out" not in log


@pytest.mark.aws(
    "For asynchronous invocation, Lambda adds events to a queue before sending them to your "
    "function. For the Event invocation type, this status code is 202.",
    source=INVOKE,
    service="lambda",
)
def test_an_event_is_queued_and_run_later(tmp_path: Path) -> None:
    """The caller gets nothing of how it ends."""
    with an_account(tmp_path) as world:
        answer = world.client("lambda").invoke(
            FunctionName="worker", InvocationType="Event", Payload=b'{"n": 1}'
        )
        assert len(list(world.journal.of_kind("returned"))) == 0
        world.settle()
        (returned,) = world.journal.of_kind("returned")

    assert answer["StatusCode"] == 202
    assert answer["Payload"].read() == b""
    assert "ExecutedVersion" not in answer
    assert returned.details["payload"] == {"n": 1}


@pytest.mark.aws(
    "DryRun: Validate parameter values and verify that the user or role has permission to invoke the "
    "function. For the DryRun invocation type, the status code is 204.",
    source=INVOKE,
    service="lambda",
)
def test_a_dry_run_runs_nothing(tmp_path: Path) -> None:
    """But a function that is not there is not found."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        answer = client.invoke(FunctionName="worker", InvocationType="DryRun")
        with pytest.raises(client.exceptions.ResourceNotFoundException):
            client.invoke(FunctionName="nobody", InvocationType="DryRun")
        world.settle()
        invocations = list(world.journal.of_kind("invocation"))

    assert (answer["StatusCode"], answer["Payload"].read(), invocations) == (204, b"", [])


@pytest.mark.aws(
    "A function or an alias that does not exist is a ResourceNotFoundException (404) that names its "
    "ARN: the function's ends with $LATEST.",
    source=RECORDED,
    service="lambda",
)
@pytest.mark.parametrize(
    ("parameters", "arn"),
    [
        ({"FunctionName": "nobody"}, f"{FUNCTION_ARN.replace('worker', 'nobody')}:$LATEST"),
        ({"FunctionName": "worker", "Qualifier": "live"}, f"{FUNCTION_ARN}:live"),
        ({"FunctionName": "worker:live"}, f"{FUNCTION_ARN}:live"),
    ],
)
def test_a_function_that_is_not_there_is_not_found(
    tmp_path: Path, parameters: dict[str, Any], arn: str
) -> None:
    """Neither is a version or an alias that nobody published."""
    with an_account(tmp_path) as world, pytest.raises(ClientError) as caught:
        world.client("lambda").invoke(**parameters)

    response: dict[str, Any] = dict(caught.value.response)
    assert response["Error"] == {
        "Code": "ResourceNotFoundException", "Message": f"Function not found: {arn}",
    }  # fmt: skip
    assert response["Type"] == "User"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 404


@pytest.mark.aws(
    "For synchronous invocations, the maximum payload size is 6 MB. For asynchronous invocations, the "
    "maximum payload size is 1 MB.",
    source=INVOKE,
    service="lambda",
)
@pytest.mark.parametrize(
    ("invocation_type", "limit"), [("RequestResponse", 6_291_456), ("Event", 1_048_576)]
)
def test_a_payload_has_a_limit(tmp_path: Path, invocation_type: str, limit: int) -> None:
    """One byte more is a RequestTooLargeException (413)."""
    payload = b'"' + b"x" * (limit - 2) + b'"'
    handler = "def handler(event, context):\n    return len(event)\n"
    with an_account(tmp_path, handler) as world:
        client = world.client("lambda")
        client.invoke(FunctionName="worker", InvocationType=invocation_type, Payload=payload)
        with pytest.raises(client.exceptions.RequestTooLargeException) as caught:
            client.invoke(
                FunctionName="worker", InvocationType=invocation_type, Payload=payload + b" "
            )

    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413
    assert caught.value.response["Error"]["Message"] == (
        f"{limit + 1} byte payload is too large for the {invocation_type} invocation type "
        f"(limit {limit} bytes)"
    )


@pytest.mark.aws(
    "InvalidRequestContentException: The request body could not be parsed as JSON.",
    source=INVOKE,
    service="lambda",
)
@pytest.mark.parametrize("payload", [b"{", b"nobody", b"\xff", b"[" * 100_000])
def test_a_payload_that_is_no_json_is_refused(tmp_path: Path, payload: bytes) -> None:
    """The function never runs."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        with pytest.raises(client.exceptions.InvalidRequestContentException, match="parse"):
            client.invoke(FunctionName="worker", Payload=payload)
        assert list(world.journal.of_kind("invocation")) == []


def test_without_a_payload_the_event_is_an_empty_object(tmp_path: Path) -> None:
    """As the console's test without an event."""
    with an_account(tmp_path) as world:
        answer = world.client("lambda").invoke(FunctionName="worker")
        assert answer["Payload"].read() == b"{}"


@pytest.mark.aws(
    "A function without room for another invocation answers TooManyRequestsException (429) with "
    "the reason.",
    source=RECORDED,
    service="lambda",
)
def test_a_function_without_room_is_throttled(tmp_path: Path) -> None:
    """After the retries that the SDK makes by itself."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        client.put_function_concurrency(FunctionName="worker", ReservedConcurrentExecutions=0)
        with pytest.raises(client.exceptions.TooManyRequestsException) as caught:
            client.invoke(FunctionName="worker")

    response = caught.value.response
    assert response["Error"]["Message"] == "Rate Exceeded."
    assert response["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
    assert response["Type"] == "User"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert response["ResponseMetadata"]["RetryAttempts"] == 2


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"InvocationType": "Later"},
            (
                "1 validation error detected: Value 'Later' at 'invocationType' failed to satisfy "
                "constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]"
            ),
        ),
        (
            {"LogType": "All"},
            (
                "1 validation error detected: Value 'All' at 'logType' failed to satisfy constraint: "
                "Member must satisfy enum value set: [Tail, None]"
            ),
        ),
    ],
)
def test_an_unknown_type_is_a_validation_error(
    tmp_path: Path, parameters: dict[str, str], message: str
) -> None:
    """In the words of all of AWS's JSON services."""
    with an_account(tmp_path) as world, pytest.raises(ClientError) as caught:
        world.client("lambda").invoke(FunctionName="worker", **parameters)

    assert caught.value.response["Error"] == {"Code": "ValidationException", "Message": message}


def test_a_client_context_is_refused_by_name(tmp_path: Path) -> None:
    """Rather than lost on its way to the function."""
    with an_account(tmp_path) as world, pytest.raises(UnsupportedError, match="ClientContext"):
        world.client("lambda").invoke(FunctionName="worker", ClientContext="e30=")


CALLING = """\
import json, time, boto3

order = []

def handler(event, context):
    client = boto3.client("lambda")
    answer = client.invoke(FunctionName="other", Payload=json.dumps(event).encode())
    return {"of": json.loads(answer["Payload"].read()), "left": context.get_remaining_time_in_millis()}

def other(event, context):
    time.sleep(event["seconds"])
    return event["seconds"]
"""


def test_a_handler_waits_for_the_function_that_it_calls(tmp_path: Path) -> None:
    """Time passes for both; the callee's own invocation is caused by the caller's."""
    with an_account(tmp_path, CALLING) as world:
        outcome = world.invoke("Worker", {"seconds": 5})
        outer, inner = world.journal.of_kind("invocation")

    assert outcome.payload["of"] == 5
    assert 14_000 < outcome.payload["left"] < 15_000
    assert inner.cause is not None
    assert (inner.actor, inner.subject) == ("Worker", "Other")
    assert outer.actor == "outside"


def test_a_caller_that_times_out_leaves_its_callee_running(tmp_path: Path) -> None:
    """A synchronous call is no bond: the callee ends on its own time."""
    template_timeout = 3
    with an_account(tmp_path, CALLING) as world:
        world.deploy("Worker", Timeout=template_timeout)
        outcome = world.invoke("Worker", {"seconds": 10})
        world.advance(seconds(10))
        ended = [entry.actor for entry in world.journal.of_kind("returned")]

    assert outcome.payload["errorType"] == "Sandbox.Timedout"
    assert ended == ["Other"]


def test_a_function_that_calls_itself_without_end_runs_out_of_environments(tmp_path: Path) -> None:
    """Recursion ends in throttles, as it does on AWS once the concurrency is used up."""
    handler = """\
import boto3

def handler(event, context):
    answer = boto3.client("lambda").invoke(FunctionName="worker")
    return answer.get("FunctionError", "ok")
"""
    with an_account(tmp_path, handler) as world:
        world.deploy("Worker", ReservedConcurrentExecutions=3)
        outcome = world.invoke("Worker", {})
        assert len(list(world.journal.of_kind("throttled"))) == 3

    assert outcome.kind == "returned"


@pytest.mark.parametrize(
    "action", ["invoke", "get_function_concurrency", "get_function_event_invoke_config"]
)
def test_a_function_of_another_region_is_not_reachable(tmp_path: Path, action: str) -> None:
    """As reported (alexcasalboni/aws-lambda-power-tuning issue 18); whether or not one is here."""
    elsewhere = FUNCTION_ARN.replace("us-east-1", "us-west-2")
    with an_account(tmp_path) as world, pytest.raises(ClientError) as caught:
        getattr(world.client("lambda"), action)(FunctionName=elsewhere)

    response: dict[str, Any] = dict(caught.value.response)
    text = "Functions from 'us-west-2' are not reachable in this region ('us-east-1')"
    assert response.pop("ResponseMetadata")["HTTPStatusCode"] == 404
    assert response == {
        "Error": {"Code": "ResourceNotFoundException", "Message": text},
        "Message": text,
        "Type": "User",
    }


@pytest.mark.aws(
    "A module that raises answers the exception's document without a request id; the frames of the "
    "import system are named by what Python calls them, without a line of source.",
    source=RECORDED,
    service="lambda",
)
def test_a_function_whose_module_raises_shows_how_it_was_imported(tmp_path: Path) -> None:
    """From importlib on, down to the line that raised."""
    source = "raise Exception('Runtime startup fails')\n"
    with an_account(tmp_path, source) as world:
        answer = world.client("lambda").invoke(FunctionName="worker")

    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    document = json.loads(answer["Payload"].read())
    first, *frozen, last = document.pop("stackTrace")
    assert document == {
        "errorMessage": "Runtime startup fails", "errorType": "Exception", "requestId": "",
    }  # fmt: skip
    assert first.startswith('  File "/var/lang/lib/python3/importlib/__init__.py", line ')
    assert first.endswith(
        "in import_module\n    return _bootstrap._gcd_import(name[level:], package, level)\n"
    )
    assert frozen[0].startswith('  File "<frozen importlib._bootstrap>", line ')
    assert frozen[0].endswith(", in _gcd_import\n")
    assert [frame.count("\n") for frame in frozen] == [1] * len(frozen)
    assert last == f'  File "/var/task/wicked.py", line 1, in <module>\n    {source}'


@pytest.mark.aws(
    "After a timeout the next invocation finds the files of /tmp, and its module as new.",
    source=RECORDED,
    service="lambda",
)
def test_files_outlive_a_timeout_and_variables_do_not(tmp_path: Path) -> None:
    """The environment is used again, its process is not."""
    kept = str(tmp_path / "kept")
    source = f"""\
import time
from pathlib import Path

number = 0

def handler(event, context):
    global number
    if event == "write":
        number = 42
        Path({kept!r}).write_text("some-content", encoding="utf-8")
    if event == "sleep":
        time.sleep(60)
    return [number, Path({kept!r}).read_text(encoding="utf-8")]
"""
    with an_account(tmp_path, source) as world:
        answers = [
            json.loads(
                world.client("lambda")
                .invoke(FunctionName="worker", Payload=json.dumps(event))["Payload"]
                .read()
            )
            for event in ("write", "sleep", "read")
        ]

    written, timed_out, read = answers
    assert written == [42, "some-content"]
    assert timed_out["errorMessage"].endswith("Task timed out after 20.00 seconds")
    assert read == [0, "some-content"]
