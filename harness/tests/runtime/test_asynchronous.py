"""The asynchronous queue: tries, waits, event age, and what destinations are told."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import hours, seconds
from harness.runtime.asynchronous import AsynchronousQueue
from harness.runtime.function import (
    AsynchronousConfiguration,
    DestinationConfiguration,
    Function,
)
from harness.tests.mappings.scriptedinvoker import Answer
from harness.tests.mappings.standins import Bench

QUEUE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
ERROR = {"errorType": "ValueError", "errorMessage": "boom"}


def _bench(
    answers: list[Answer] | Answer, *, concurrency: int | None = None, **settings: Any
) -> Bench:
    bench = Bench()
    configuration = AsynchronousConfiguration(**settings)
    bench.invoker.functions["worker"] = Function(
        "worker",
        "Worker",
        Path(),
        "worker.handle",
        reserved_concurrency=concurrency,
        asynchronous=configuration,
    )
    script = list(answers) if isinstance(answers, list) else []
    last = script[-1] if isinstance(answers, list) else answers
    bench.invoker.answer = lambda _call: script.pop(0) if script else last
    return bench


def _invoke(bench: Bench, event: Any = None) -> str:
    queue = AsynchronousQueue(bench.machinery)
    request_id = queue.invoke_asynchronously(
        "worker", event or {"a": 1}, source="test", cause=None
    )
    bench.run(hours(12))
    assert bench.scheduler.is_at_rest
    return request_id


@pytest.mark.aws(
    "If the function returns an error Lambda runs it two more times, after one minute and after two.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
    service="lambda",
)
def test_a_failed_event_is_tried_again_after_one_minute_and_after_two() -> None:
    """At t, t + 60 s and t + 180 s, then the destination with a count of three."""
    bench = _bench(("failed", ERROR), on_failure=QUEUE)

    request_id = _invoke(bench)

    assert bench.times == [0.05, 60.06, 180.07]
    assert bench.failure_records == [
        {
            "version": "1.0",
            "timestamp": "2026-01-05T09:03:00.080Z",
            "requestContext": {
                "requestId": request_id,
                "functionArn": "arn:aws:lambda:us-east-1:123456789012:function:worker:$LATEST",
                "condition": "RetriesExhausted",
                "approximateInvokeCount": 3,
            },
            "requestPayload": {"a": 1},
            "responseContext": {
                "statusCode": 200,
                "executedVersion": "$LATEST",
                "functionError": "Unhandled",
            },
            "responsePayload": ERROR,
        }
    ]


@pytest.mark.aws(
    "The request id is the same over all tries of an asynchronous event.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/test_lambda_destinations.snapshot.json",
    service="lambda",
)
def test_the_request_id_is_the_same_over_all_tries() -> None:
    """A handler may use it to know an event again."""
    bench = _bench(("failed", ERROR))

    request_id = _invoke(bench)

    assert [call.request_id for call in bench.calls] == [request_id] * 3


def test_each_try_gets_an_event_of_its_own() -> None:
    """What an earlier try did to its event is not seen."""
    bench = _bench(("failed", ERROR))
    seen: list[Any] = []
    ordinary = bench.invoker.invoke

    def invoke(function_name: str, event: Any, **more: Any) -> None:
        seen.append(dict(event))
        event["a"] = "changed"
        ordinary(function_name, event, **more)

    bench.invoker.invoke = invoke  # type: ignore[method-assign]  # looks over the shoulder
    _invoke(bench)

    assert seen == [{"a": 1}] * 3


@pytest.mark.aws(
    "MaximumRetryAttempts is from 0 to 2.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html",
    service="lambda",
)
@pytest.mark.parametrize(("attempts", "tries"), [(0, 1), (1, 2), (2, 3)])
def test_the_number_of_retries_can_be_set(attempts: int, tries: int) -> None:
    """MaximumRetryAttempts 0 to 2."""
    bench = _bench(("failed", ERROR), maximum_retry_attempts=attempts)

    _invoke(bench)

    assert len(bench.calls) == tries


@pytest.mark.aws(
    "An on-success destination is told of an event that was processed.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
    service="lambda",
)
def test_a_success_after_a_failure_ends_the_tries() -> None:
    """And the on-success destination is told with the count."""
    bench = _bench([("failed", ERROR), ("returned", {"ok": True})], on_success=QUEUE)

    _invoke(bench)

    (record,) = bench.failure_records
    assert record["requestContext"]["condition"] == "Success"
    assert record["requestContext"]["approximateInvokeCount"] == 2
    assert record["responseContext"] == {"statusCode": 200, "executedVersion": "$LATEST"}
    assert record["responsePayload"] == {"ok": True}


@pytest.mark.aws(
    "A throttled event returns to the queue and is tried again with back-off, from one second to five minutes.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
    service="lambda",
)
def test_throttled_events_wait_longer_and_longer_and_use_up_no_retry() -> None:
    """From one second, doubling, up to five minutes."""
    throttles: list[Answer] = [("throttled", {})] * 11
    bench = _bench([*throttles, ("failed", ERROR), ("failed", ERROR), ("returned", None)])

    _invoke(bench)

    waits = [
        round(later - earlier)
        for earlier, later in zip(bench.times, bench.times[1:], strict=False)
    ]
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 60, 120]


@pytest.mark.aws(
    "An event is discarded when it exceeds its maximum age, six hours by default.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
    service="lambda",
)
def test_a_throttled_event_is_given_up_when_it_would_be_too_old() -> None:
    """EventAgeExceeded, with the status of the last answer and no payload."""
    bench = _bench(("throttled", {}), on_failure=QUEUE, maximum_event_age=seconds(60))

    _invoke(bench)

    (record,) = bench.failure_records
    assert record["requestContext"]["condition"] == "EventAgeExceeded"
    assert record["responseContext"] == {"statusCode": 429}
    assert "responsePayload" not in record
    assert max(bench.times) <= 60.05


@pytest.mark.aws(
    "With reserved concurrency 0 an event goes to the on-failure destination without a try.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/test_lambda_destinations.snapshot.json",
    service="lambda",
)
def test_without_any_concurrency_an_event_goes_straight_to_its_destination() -> None:
    """Reserved concurrency 0: nothing is tried."""
    bench = _bench(("returned", None), concurrency=0, on_failure=QUEUE)

    _invoke(bench)

    assert bench.calls == []
    (record,) = bench.failure_records
    assert record["requestContext"]["condition"] == "ZeroReservedConcurrency"
    assert record["requestContext"]["approximateInvokeCount"] == 0
    assert "responseContext" not in record


@pytest.mark.aws(
    "A dead-letter queue gets the event, with RequestID, ErrorCode and ErrorMessage as message attributes.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
    service="lambda",
)
def test_a_dead_letter_queue_gets_the_event_itself() -> None:
    """With the request id and the error in its message attributes."""
    bench = _bench(("failed", ERROR), dead_letter=QUEUE, maximum_retry_attempts=0)

    request_id = _invoke(bench)

    (message,) = bench.sqs.sent
    assert json.loads(message["MessageBody"]) == {"a": 1}
    assert message["MessageAttributes"] == {
        "RequestID": {"DataType": "String", "StringValue": request_id},
        "ErrorCode": {"DataType": "Number", "StringValue": "200"},
        "ErrorMessage": {"DataType": "String", "StringValue": "boom"},
    }


def test_an_event_without_a_destination_is_dropped_but_not_in_silence() -> None:
    """AWS says nothing; the journal does."""
    bench = _bench(("failed", ERROR))

    _invoke(bench)

    (dropped,) = bench.entries("event_dropped")
    assert dropped.details["reason"] == "RetriesExhausted"
    assert dropped.details["attempts"] == 3


def test_settings_are_those_at_the_time_of_each_try() -> None:
    """A deployment between two tries counts."""
    bench = _bench(("failed", ERROR))
    queue = AsynchronousQueue(bench.machinery)
    queue.invoke_asynchronously("worker", {}, source="test", cause=None)
    bench.run(seconds(30))
    function = bench.invoker.functions["worker"]
    none = AsynchronousConfiguration(maximum_retry_attempts=0)
    bench.invoker.functions["worker"] = replace(function, asynchronous=none)

    bench.run(hours(1))

    assert len(bench.calls) == 2


@pytest.mark.aws(
    "The event queue is eventually consistent: a function may get the same event several times without an error.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
    service="lambda",
)
def test_an_event_may_run_again_although_it_succeeded() -> None:
    """The queue is eventually consistent."""

    class Twice:
        def choose(self, point: str, option_count: int) -> int:
            return min(1, option_count - 1) if point == "asynchronous.duplicate" else 0

    bench = Bench(Twice())

    request_id = _invoke(bench)

    assert [call.request_id for call in bench.calls] == [request_id] * 2


def test_a_topic_as_destination_is_refused_by_name() -> None:
    """Before the event is taken in."""
    topic = DestinationConfiguration("arn:aws:sns:us-east-1:123456789012:t", "sns")
    bench = _bench(("returned", None), on_success=topic)

    with pytest.raises(UnsupportedError, match="SNS is not modelled"):
        _invoke(bench)


@pytest.mark.parametrize(
    ("answer", "concurrency", "problem"),
    [
        (("throttled", {}), None, "Rate Exceeded."),
        (
            ("returned", None),
            0,
            "Function not invoked. Function isconfigured with zero reserved concurrent executions",
        ),
    ],
)
def test_a_dead_letter_queue_is_told_why_an_event_never_ran(
    answer: Answer, concurrency: int | None, problem: str
) -> None:
    """With status 429 and AWS's own words."""
    bench = _bench(
        answer, concurrency=concurrency, dead_letter=QUEUE, maximum_event_age=seconds(60)
    )

    _invoke(bench)

    attributes = bench.sqs.sent[0]["MessageAttributes"]
    assert attributes["ErrorCode"]["StringValue"] == "429"
    assert attributes["ErrorMessage"]["StringValue"] == problem
