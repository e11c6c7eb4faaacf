"""Whatever happens to a mapping on a queue, no message is lost and groups keep their order.

The machine sends messages, lets time pass, changes settings while batches are in flight, disables
and enables, and lets the function answer as it likes.  The model is what was sent.
"""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from harness.kernel.chooser import SeededChooser
from harness.kernel.entropy import Entropy
from harness.kernel.instant import Instant, hours, milliseconds, seconds
from harness.mappings.mapping import Mapping
from harness.tests.mappings.enginebench import EngineBench, EngineQueue
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import a_mapping

WORDS = ("ok", "ok", "fail", "throttle", "report", "garbage")
GROUPS = ("a", "b", "c")
FILTER = ('{"body": {"passes": [true]}}',)


class QueueDelivery(RuleBasedStateMachine):
    """One queue of SQS, one mapping, one function."""

    def __init__(self) -> None:
        super().__init__()
        self.bench: EngineBench
        self.queue: EngineQueue
        self.is_fifo = False
        self.settings: dict[str, Any] = {}
        self.words: list[str] = []
        self.sent: dict[str, str | None] = {}
        """The group of each message that passes the filter, by body, in order."""
        self.dropped: list[str] = []
        self.done: set[str] = set()
        self.seen: set[str] = set()
        self.intervals: list[tuple[Instant, Instant, set[str | None]]] = []

    # The function

    def answer(self, call: Call) -> Answer:
        """Answer by the next word, and know what has been done."""
        word = self.words.pop(0) if self.words else "ok"
        self._check(call, is_throttled=word == "throttle")
        if word == "throttle":
            return "throttled", {}
        if word == "fail":
            return "failed", {"errorMessage": "boom"}
        reports = self.settings["report_batch_item_failures"]
        failed = {"report": call.bodies[-1:], "garbage": call.bodies}.get(word, [])
        self.done |= set(call.bodies) - set(failed if reports else [])
        records = call.event["Records"]
        named = [record["messageId"] for record in records if record["body"] in failed]
        identifiers = [""] if word == "garbage" else named
        return "returned", {"batchItemFailures": [{"itemIdentifier": i} for i in identifiers]}

    def _check(self, call: Call, *, is_throttled: bool) -> None:
        """Check what must hold of every invocation."""
        assert self.settings["is_enabled"], "a disabled mapping invokes nothing"
        assert set(call.bodies) <= self.sent.keys(), "what is filtered out is not delivered"
        assert len(set(call.bodies)) == len(call.bodies), "a batch holds a message once"
        maximum = self.settings["maximum_concurrency"]
        assert maximum is None or self.bench.invoker.running <= maximum
        order = list(self.sent)
        for body in call.bodies:
            group = self.sent[body]
            if self.is_fifo and body not in self.seen:
                earlier = [e for e in order[: order.index(body)] if self.sent[e] == group]
                gone = self.done | set(self.queue.dead) | set(call.bodies)
                assert set(earlier) <= gone, "a group is taken up in order"
            own = [each for each in call.bodies if self.sent[each] == group]
            assert not self.is_fifo or own == sorted(own), "a batch keeps the order of a group"
        self.seen |= set(call.bodies)
        if self.is_fifo and not is_throttled:
            end = Instant(call.instant + self.bench.invoker.duration)
            self.intervals.append((call.instant, end, {self.sent[body] for body in call.bodies}))

    # What happens

    @initialize(
        is_fifo=st.booleans(),
        batch_size=st.integers(1, 10),
        reports=st.booleans(),
        receives=st.sampled_from([None, 3]),
        concurrency=st.sampled_from([None, 2]),
        seed=st.integers(0, 1_000),
        odds=st.sampled_from([0.0, 0.2]),
    )
    def start(self, **drawn: Any) -> None:
        """Begin with some settings."""
        self.bench = EngineBench(SeededChooser(Entropy(drawn["seed"]), odds=drawn["odds"]))
        self.bench.invoker.answer = self.answer
        self.bench.invoker.duration = seconds(1)
        self.is_fifo = drawn["is_fifo"]
        name = "reports.fifo" if self.is_fifo else "reports"
        self.queue = EngineQueue(self.bench, name, drawn["receives"])
        self.settings = {
            "batch_size": drawn["batch_size"],
            "report_batch_item_failures": drawn["reports"],
            "maximum_concurrency": drawn["concurrency"],
            "filters": FILTER,
            "is_enabled": True,
        }
        self.bench.sources.add_sqs(self._mapping(), self.queue.queue)

    def _mapping(self) -> Mapping:
        return a_mapping("sqs", source_name=self.queue.name, **self.settings)

    @rule(
        groups=st.lists(st.sampled_from(GROUPS), min_size=1, max_size=8),
        passes=st.booleans(),
        delay=st.sampled_from([0, 0, 3]),
    )
    def send(self, groups: list[str], passes: bool, delay: int) -> None:  # noqa: FBT001 - drawn
        """Send messages, all of which pass the filter or none of which does."""
        for group in groups:
            number = len(self.sent) + len(self.dropped)
            body = f'{{"n": {number:04}1, "passes": {str(passes).lower()}}}'.replace(": 0", ": 9")
            if passes:
                self.sent[body] = group if self.is_fifo else None
            else:
                self.dropped.append(body)
            self.queue.send(
                body,
                group_id=group if self.is_fifo else None,
                delay=None if self.is_fifo else seconds(delay),
            )

    @rule(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
    def misbehave(self, words: list[str]) -> None:
        """Let the next invocations end in these ways."""
        self.words += words

    @rule(duration=st.sampled_from([1, 8, 40]))
    def work(self, duration: int) -> None:
        """Let invocations take so many seconds; messages are hidden for 30."""
        self.bench.invoker.duration = seconds(duration)

    @rule(tenths=st.integers(1, 600))
    def wait(self, tenths: int) -> None:
        """Let some time pass."""
        self.bench.run(milliseconds(100 * tenths))

    @rule(
        changes=st.fixed_dictionaries(
            {}, optional={"batch_size": st.integers(1, 10), "is_enabled": st.booleans()}
        ),
        window=st.sampled_from([0, 2, 40]),
    )
    def update(self, changes: dict[str, Any], window: int) -> None:
        """Change settings, whatever is under way."""
        self.settings |= changes
        if not self.is_fifo:
            self.settings["batching_window"] = seconds(window)
        self.bench.sources.deploy(self._mapping())

    # What must hold

    @invariant()
    def no_message_is_lost(self) -> None:
        """Each one is in its queue, in the dead-letter queue, or done."""
        if self.settings:
            assert self.sent.keys() <= {*self.queue.bodies, *self.queue.dead, *self.done}

    @invariant()
    def a_group_runs_once_at_a_time(self) -> None:
        """Two invocations with the same group never overlap."""
        for index, (start, end, groups) in enumerate(self.intervals):
            for other_start, other_end, others in self.intervals[index + 1 :]:
                assert not groups & others or other_start >= end or start >= other_end

    def teardown(self) -> None:
        """At last each message is done or dead, and the world rests."""
        if not self.settings:
            return
        self.words.clear()
        self.work(1)
        self.update({"is_enabled": True}, 0)
        self.bench.run(hours(2))
        assert self.bench.scheduler.is_at_rest
        assert self.queue.bodies == []
        assert self.sent.keys() <= self.done | set(self.queue.dead)


QueueDelivery.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, derandomize=True
)
TestQueueDelivery = QueueDelivery.TestCase
