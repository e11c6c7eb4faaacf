"""What a mapping promises, held against every invocation that it makes in a world.

The watch stands between the mappings and the invoker: it tells the function how to behave, knows what
was delivered and how that ended, and keeps the books that the promises are checked with.
"""

import json
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from harness.runtime.outcome import Outcome
from harness.world.world import World

HANDLER = """\
import sys
import time

def handler(event, context):
    word = event.pop("word")
    if word == "raise":
        raise ValueError("boom")
    if word == "exit":
        sys.exit(1)
    if word in ("late", "slow"):
        time.sleep({"late": 60, "slow": 5}[word])
    return event["answer"]

other = handler
"""
"""It does what the event says; a mapping knows nothing of that."""

FAILING = ("raise", "exit", "late")
MALFORMED: Mapping[str, Any] = {
    "empty_identifier": {"batchItemFailures": [{"itemIdentifier": ""}]},
    "no_identifier": {"batchItemFailures": [{"itemIdentifier": None}]},
    "another_key": {"batchItemFailures": [{"foo": "bar"}]},
    "foreign": {"batchItemFailures": [{"itemIdentifier": "0"}]},
    "a_number": {"batchItemFailures": [{"itemIdentifier": 123}]},
    "no_list": {"batchItemFailures": "all"},
    "no_items": {"batchItemFailures": ["x"]},
    "a_text": "done",
}
"""Answers that say nothing a mapping could read, where it expects a report."""
EMPTY: Mapping[str, Any] = {
    "null": None,
    "an_object": {},
    "no_failures": {"batchItemFailures": []},
    "null_failures": {"batchItemFailures": None},
}
"""Answers that report no failure."""
PARTIAL = ("report_first", "report_middle", "report_last")
WORDS = ("ok", "slow", *FAILING, *MALFORMED, *EMPTY, *PARTIAL)


class Batch:
    """One invocation with the records of a mapping."""

    def __init__(self, event: Any) -> None:
        self.records: list[Any] = event["Records"]
        self.numbers = [number_of(record) for record in self.records]
        self.place = place_of(event)
        self.done_if_returned: list[int] = []
        """What is done once the function has returned its answer."""


class WatchedMapping:
    """The books of one mapping; *is_queue* and *is_ordered* say what its source is."""

    def __init__(self, world: World, *, is_queue: bool, is_ordered: bool) -> None:
        self.is_queue = is_queue
        self.is_ordered = is_ordered
        self.uuid = ""
        self.reports = False
        self.has_windows = False
        self.words: list[str] = []
        self.keys: dict[int, str] = {}
        """The partition key, item key or group of each record that is to be delivered, in order."""
        self.done: set[int] = set()
        self.gone: set[int] = set()
        """What went with a queue that was deleted, done or not."""
        self.running: list[Batch] = []
        self.quotas: list[int] = []
        """How often a batch may have failed, by all the settings that the mapping ever had."""
        self.concurrencies: list[int] = []
        """How many batches may run at once (of one shard, of a queue), by all its settings."""
        self.given_up: Callable[[], set[int]] = set
        self._failures: Counter[tuple[int, ...]] = Counter()
        self._deleted: set[str] = set()
        self._world = world
        self._invoke = world.invoker.invoke
        world.invoker.invoke = self._watched  # type: ignore[assignment, method-assign]  # looks over the shoulder

    def follow(self, uuid: str) -> None:
        """Watch this mapping from now on; the one before it was deleted, and has books no more."""
        self._deleted.add(self.uuid)
        self.uuid = uuid
        self.running = []
        self._failures.clear()

    # The watch

    def _watched(
        self, name: str, event: Any, *, done: Callable[[Outcome], None], **others: Any
    ) -> None:
        assert others["source"] not in self._deleted, "a mapping that was deleted invokes nothing"
        if others["source"] != self.uuid:
            self._invoke(name, event, done=done, **others)
            return
        batch = Batch(event)
        word = self.words.pop(0) if self.words else "ok"
        event["word"] = word
        event["answer"] = self._answer(word, batch)
        self._begin(batch)
        running = self.running

        def ended(outcome: Outcome) -> None:
            running.remove(batch)
            if outcome.kind == "returned":
                self._check_order(batch)
                self.done |= set(batch.done_if_returned)
            if outcome.kind != "throttled" and running is self.running:
                is_done = outcome.kind == "returned" and bool(batch.done_if_returned)
                self._count_failures(tuple(batch.numbers), is_done=is_done)
            done(outcome)

        self._invoke(name, event, done=ended, **others)

    def _answer(self, word: str, batch: Batch) -> Any:
        """Return what the function is to answer, and note what that will have done."""
        answer: Any = MALFORMED[word] if word in MALFORMED else EMPTY.get(word)
        failed = set(batch.numbers) if word in MALFORMED else set()
        if word in PARTIAL and batch.numbers:
            middle = len(batch.numbers) // 2
            index = {"report_first": 0, "report_middle": middle, "report_last": -1}[word]
            failed = set(batch.numbers[index:])
            named = batch.records[index:] if self.is_queue else [batch.records[index]]
            answer = {"batchItemFailures": [{"itemIdentifier": identifier(r)} for r in named]}
        if not self.reports:
            failed = set()
        if self.has_windows:
            if isinstance(answer, dict) or word in ("ok", "slow"):
                answer = {**(answer or {}), "state": {"seen": len(batch.numbers)}}
            else:
                failed = set(batch.numbers)
        batch.done_if_returned = [number for number in batch.numbers if number not in failed]
        return answer

    # The promises

    def _begin(self, batch: Batch) -> None:
        """Check what must hold when an invocation begins."""
        state = self._world.call("lambda", "GetEventSourceMapping", {"UUID": self.uuid})["State"]
        assert state not in ("Disabled", "Creating", "Deleting"), (
            f"a mapping that is {state} invokes nothing"
        )
        unknown = set(batch.numbers) - self.keys.keys()
        assert not unknown, f"{unknown} were filtered out, or never put"
        assert len(set(batch.numbers)) == len(batch.numbers), "a batch holds a record once"
        if self.is_ordered:
            busy = {self.keys[number] for other in self.running for number in other.numbers}
            own = {self.keys[number] for number in batch.numbers}
            assert not own & busy, f"{own & busy} are worked at already"
            assert batch.numbers == sorted(batch.numbers) or self.is_queue
        self.running.append(batch)
        places = Counter(other.place for other in self.running)
        assert max(places.values()) <= max(self.concurrencies), f"too many at once: {places}"

    def _check_order(self, batch: Batch) -> None:
        """Check that nothing of a key is done before what was put earlier with that key."""
        if not self.is_ordered:
            return
        gone = self.done | self.gone | set(batch.done_if_returned)
        missing = [
            earlier
            for number in batch.done_if_returned
            for earlier, key in self.keys.items()
            if earlier < number and key == self.keys[number] and earlier not in gone
        ]
        if missing:
            assert set(missing) <= self.given_up(), f"{missing} of the same keys come first"

    def _count_failures(self, numbers: tuple[int, ...], *, is_done: bool) -> None:
        """Check that no batch of a stream fails more often in a row than its quota allows."""
        if self.is_queue or not numbers:
            return
        # One that has been done, and comes again because the poller forgot, has a quota of its own.
        self._failures[numbers] = 0 if is_done else self._failures[numbers] + 1
        assert self._failures[numbers] <= max(self.quotas), f"{numbers} failed too often"


def number_of(record: Any) -> int:
    """Return the number in a record of any source."""
    if "kinesis" in record:
        data = json.loads(b64decode(record["kinesis"]["data"]))
    elif "dynamodb" in record:
        return int(record["dynamodb"]["NewImage"]["n"]["N"])
    else:
        data = json.loads(record["body"])
    number: int = data["n"]
    return number


def identifier(record: Any) -> str:
    """Return how a report names a record."""
    if "kinesis" in record:
        number: str = record["kinesis"]["sequenceNumber"]
    elif "dynamodb" in record:
        number = record["dynamodb"]["SequenceNumber"]
    else:
        number = record["messageId"]
    return number


def place_of(event: Any) -> str:
    """Return the shard that an event's records come from, as far as it tells."""
    if "shardId" in event:
        shard_id: str = event["shardId"]
        return shard_id
    if "kinesis" in event["Records"][0]:
        event_id: str = event["Records"][0]["eventID"]
        return event_id.partition(":")[0]
    return ""
