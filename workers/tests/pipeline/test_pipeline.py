"""The steps around a worker."""

import json
import traceback
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from workers.errors import PermanentError, RetryableError, UnforeseenError
from workers.events.kinesis import score_batch
from workers.pipeline.compose import compose
from workers.pipeline.invocation import Invocation, Proceed, Response
from workers.pipeline.steps import CONSUMER_STEPS, RESOLVER_STEPS, record_correlations
from workers.pipeline.steps.result_handler import result_handler
from workers.pipeline.steps.tracing import tracing
from workers.tests.fakes.records import a_kinesis_event, a_record
from workers.tests.fakes.services import Clock

CONTEXT = SimpleNamespace(aws_request_id="request-1")
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def a_query(**headers: str) -> dict[str, Any]:
    return {"arguments": {"eventId": "e1"}, "request": {"headers": headers}, "info": {}}


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """Deploy a tracer provider and return where its spans go."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    yield exporter
    provider.shutdown()


def test_steps_see_an_invocation_in_their_order() -> None:
    """The first one comes first and leaves last."""
    seen: list[str] = []

    def step(name: str) -> Any:
        def run(invocation: Invocation, proceed: Proceed) -> Response:
            seen.append(f"{name} in")
            response = proceed(invocation)
            seen.append(f"{name} out")
            return response

        return run

    handler = compose("w", lambda invocation: {"got": invocation.event}, [step("a"), step("b")])

    assert handler({"x": 1}, None) == {"got": {"x": 1}}
    assert seen == ["a in", "b in", "b out", "a out"]


def test_a_correlation_that_arrives_is_kept_and_another_is_made() -> None:
    """AppSync's header, else Lambda's request id, which a retry keeps."""
    handler = compose("w", lambda one: {"id": one.correlation_id}, RESOLVER_STEPS[:1])

    assert handler(a_query(**{"X-Correlation-Id": "given"}), CONTEXT) == {"id": "given"}
    assert handler(a_query(), CONTEXT) == {"id": "request-1"}
    assert handler(a_query(**{"x-correlation-id": "no\nheader"}), CONTEXT) == {"id": "request-1"}
    made = handler({}, None)
    assert made is not None
    assert len(made["id"]) == 36


def test_a_resolver_gets_its_arguments_and_refuses_other_events() -> None:
    """TransformAppSyncInput."""
    handler = compose("w", lambda one: dict(one.arguments), RESOLVER_STEPS[2:3])

    assert handler(a_query(), CONTEXT) == {"eventId": "e1"}
    with pytest.raises(PermanentError, match=r"^the event is no AppSync resolver context$"):
        handler({"Records": []}, CONTEXT)


def test_the_records_of_one_file_give_the_invocation_their_correlation() -> None:
    """Records of several keep their own."""
    handler = compose(
        "w", lambda one: {"id": one.correlation_id}, [record_correlations(score_batch)]
    )

    assert handler(a_kinesis_event(a_record(), a_record()), None) == {"id": "file-1"}
    mixed = a_kinesis_event(a_record(), a_record(correlation_id="file-2"))
    assert handler(mixed, None) == {"id": ""}


def test_a_record_without_a_correlation_gets_one_that_redelivery_repeats() -> None:
    """It is part of the total order."""
    event = a_kinesis_event(a_record(correlation_id=""))

    first, second = score_batch(event), score_batch(event)

    assert first.records == second.records
    assert first.records[0].correlation_id


def test_counts_become_one_log_line_and_one_set_of_metrics(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nested counts are named by their path."""

    def work(invocation: Invocation) -> Response:
        invocation.counts = {"dynamo": {"in": 2, "out": 2}, "count": 0}
        return invocation.batch_response()

    handler = compose("aWorker", work, (*CONSUMER_STEPS[:1], result_handler))
    answer = handler({}, CONTEXT)

    metrics, line = lines_of(capsys)
    assert answer == {"dynamo": {"in": 2, "out": 2}, "count": 0, "batchItemFailures": []}
    assert (metrics["dynamo.in"], metrics["count"]) == ([2.0], [0.0])
    assert metrics["service"] == "aWorker"
    assert (line["message"], line["service"], line["correlation_id"]) == (
        "done",
        "aWorker",
        "request-1",
    )


def test_a_failure_is_reported_with_its_counts_and_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Lambda has to see it."""

    def work(invocation: Invocation) -> Response:
        invocation.counts = {"in": 1}
        raise RetryableError("nothing worked")

    with pytest.raises(RetryableError):
        compose("failing", work, [result_handler])({}, CONTEXT)

    metrics, line = lines_of(capsys)
    assert metrics["ERROR_METRIC"] == [1.0]
    assert metrics["in"] == [1.0]
    assert (line["level"], line["error_message"]) == ("ERROR", "nothing worked")


def test_the_text_of_an_unforeseen_error_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    """It may hold anything; type and place do.  Lambda writes what is raised into the log as well."""

    def work(_invocation: Invocation) -> Response:
        raise KeyError("+15551234567")

    with pytest.raises(
        UnforeseenError, match=r"^KeyError at .*test_pipeline.py:\d+ work$"
    ) as told:
        compose("surprised", work, [result_handler])({}, CONTEXT)

    printed = "".join(traceback.format_exception(told.value))
    output = capsys.readouterr().out
    assert "5551234567" not in output + printed
    assert json.loads(output.splitlines()[-1])["error_type"] == "KeyError"


def test_records_that_go_back_are_errors_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A batch that is done in part raises nothing."""

    def work(invocation: Invocation) -> Response:
        invocation.failures += ["1", "2"]
        invocation.counts = {"in": 3}
        return invocation.batch_response()

    compose("partial", work, [result_handler])({}, CONTEXT)

    metrics, line = lines_of(capsys)
    assert metrics["ERROR_METRIC"] == [2.0]
    assert (line["level"], line["message"], line["failures"]) == ("WARNING", "done in part", 2)


def test_what_failed_is_logged_with_aws_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    """A count of failures alone does not say whether to wait or to mend a policy."""

    def work(invocation: Invocation) -> Response:
        invocation.problems += ["ThrottlingException", "AccessDeniedException"]
        invocation.problems.append("ThrottlingException")
        return None

    compose("troubled", work, [result_handler])({}, CONTEXT)

    _, line = lines_of(capsys)
    assert line["problems"] == {"AccessDeniedException": 1, "ThrottlingException": 2}


@pytest.mark.parametrize(("left", "answer"), [(15.0, True), (14.999, False), (0.0, False)])
def test_work_begins_only_while_there_is_time_for_it_and_for_an_answer(
    left: float,
    answer: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Lambda stops a function in the middle of whatever it does."""
    invocation = Invocation("w", {}, Clock(left))

    assert invocation.has_time(12) is answer
    assert invocation.problems == ([] if answer else ["out of time"])


def test_without_a_clock_there_is_time() -> None:
    """A handler may be called by hand."""
    assert Invocation("w", {}, CONTEXT).has_time(1e9)


def test_without_a_provider_nothing_is_carried() -> None:
    """The default costs nothing per record."""
    handler = compose("w", lambda one: {"traceparent": one.traceparent}, [tracing])

    assert handler({}, CONTEXT) == {"traceparent": ""}


def test_with_a_provider_an_invocation_is_a_span_linked_to_its_records(
    spans: InMemorySpanExporter,
) -> None:
    """Its own context travels on."""
    handler = compose(
        "w",
        lambda one: {"traceparent": one.traceparent},
        [tracing, record_correlations(score_batch)],
    )

    answer = handler(a_kinesis_event(a_record(traceparent=TRACEPARENT)), CONTEXT)

    (span,) = spans.get_finished_spans()
    assert answer is not None
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" in answer["traceparent"]
    assert [f"{link.context.trace_id:032x}" for link in span.links] == [TRACEPARENT.split("-")[1]]
    assert span.attributes is not None
    assert span.attributes["correlation_id"] == "file-1"


def test_a_request_continues_the_callers_trace(spans: InMemorySpanExporter) -> None:
    """AppSync passes the header on."""
    compose("w", lambda _one: None, [tracing])(a_query(traceparent=TRACEPARENT), CONTEXT)

    (span,) = spans.get_finished_spans()
    assert span.parent is not None
    assert f"{span.parent.trace_id:032x}" == TRACEPARENT.split("-")[1]


def test_a_failed_span_tells_the_type_of_the_error_only(spans: InMemorySpanExporter) -> None:
    """Its text might hold a phone number."""

    def work(_invocation: Invocation) -> Response:
        raise ValueError("+15551234567")

    with pytest.raises(ValueError, match="555"):
        compose("w", work, [tracing])({}, CONTEXT)

    (span,) = spans.get_finished_spans()
    assert span.status.description == "ValueError"
    assert span.events == ()
