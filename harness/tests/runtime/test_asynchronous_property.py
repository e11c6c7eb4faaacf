"""However its tries end, an asynchronous event ends once, in time, and within its retries."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.kernel.instant import hours, minutes, seconds
from harness.runtime.asynchronous import AsynchronousQueue
from harness.runtime.function import AsynchronousConfiguration, DestinationConfiguration
from harness.runtime.outcome import OutcomeKind
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench

DEAD = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
WORDS: tuple[OutcomeKind, ...] = ("failed", "throttled", "returned")


class Script:
    """A function that answers by *words*, the last one for good, and remembers its answers."""

    def __init__(self, words: list[OutcomeKind]) -> None:
        self._words = words
        self.said: list[OutcomeKind] = []

    def __call__(self, _call: Call) -> Answer:
        """Return the next answer."""
        self.said.append(self._words[min(len(self.said), len(self._words) - 1)])
        return self.said[-1], {"errorMessage": "boom"}


@pytest.mark.aws(
    "Lambda retries a function error up to MaximumRetryAttempts times, after one and two minutes, and "
    "a throttle with waits from one second to five minutes, until MaximumEventAgeInSeconds is over.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
    service="lambda",
)
@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    retries=st.integers(0, 2),
    age=st.sampled_from([60, 100, 600, 21_600]),
)
def test_an_event_ends_once_in_time_and_within_its_retries(
    words: list[OutcomeKind], retries: int, age: int
) -> None:
    """Returned, or given up with the condition that its tries explain."""
    bench = Bench()
    script = bench.invoker.answer = Script(words)
    configuration = AsynchronousConfiguration(
        maximum_retry_attempts=retries, maximum_event_age=seconds(age), on_failure=DEAD
    )
    worker = bench.invoker.functions["worker"]
    bench.invoker.functions["worker"] = replace(worker, asynchronous=configuration)
    queue = AsynchronousQueue(bench.machinery)
    request_id = queue.invoke_asynchronously("worker", {"a": 1}, source="test", cause=None)
    bench.run(hours(12))

    assert bench.scheduler.is_at_rest
    assert {(call.request_id, json.dumps(call.event)) for call in bench.calls} == {
        (request_id, '{"a": 1}')
    }
    assert max(bench.times) <= age
    _check_waits(bench, script.said)
    failures = script.said.count("failed")
    assert "returned" not in script.said[:-1]
    assert failures <= retries + 1
    if script.said[-1] == "returned":
        assert bench.failure_records == []
        return
    (record,) = bench.failure_records
    context = record["requestContext"]
    assert context["requestId"] == request_id
    assert context["condition"] == (
        "RetriesExhausted" if failures > retries else "EventAgeExceeded"
    )


def _check_waits(bench: Bench, said: list[OutcomeKind]) -> None:
    """Check each wait, from the end of a try to the next, by what has happened so far."""
    for index, (before, after) in enumerate(zip(bench.calls, bench.calls[1:], strict=False)):
        waited = after.instant - before.instant - bench.invoker.duration
        count = said[: index + 1].count(said[index])
        expected = (
            minutes(count)
            if said[index] == "failed"
            else min(seconds(2 ** (count - 1)), minutes(5))
        )
        assert waited == expected
