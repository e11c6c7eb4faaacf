"""Whatever is asked of a mapping in a world, it keeps its promises.

The machine draws a source and settings, puts records, lets the function behave well or badly, changes,
disables, enables and deletes the mapping, reshards its stream or deletes its queue, takes the
function's concurrency away, and lets time pass; `WatchedMapping` checks each invocation.  At last
everything is done, in an on-failure destination or a dead-letter queue, and the world rests.
"""

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from harness.kernel.chooser import SeededChooser
from harness.kernel.entropy import Entropy
from harness.kernel.instant import milliseconds
from harness.services.dynamodb.changestream import ChangeStream
from harness.tests.world.awslambda.account import TEMPLATE, wait_until
from harness.tests.world.awslambda.watchedmapping import (
    HANDLER,
    WORDS,
    WatchedMapping,
    number_of,
)
from harness.tests.world.opening import a_world
from harness.world.world import World

KEYS = st.lists(st.sampled_from("abcde"), min_size=3, max_size=8)
DEEDS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=8)
PAUSE = st.integers(0, 150)
"""Tenths of a second."""
UNLIMITED = 10**9
FILTERS = {
    "kinesis": {"data": {"passes": [True]}},
    "dynamodb": {"dynamodb": {"NewImage": {"passes": {"S": ["true"]}}}},
    "sqs": {"body": {"passes": [True]}},
}
OF_STREAMS = {
    "BatchSize": st.integers(1, 6),
    "BisectBatchOnFunctionError": st.booleans(),
    "MaximumBatchingWindowInSeconds": st.sampled_from([0, 2]),
    "MaximumRecordAgeInSeconds": st.sampled_from([-1, 60]),
    "MaximumRetryAttempts": st.sampled_from([-1, 0, 2]),
    "ParallelizationFactor": st.sampled_from([1, 2, 3]),
}
OF_QUEUES = {
    "BatchSize": st.integers(1, 10),
    "ScalingConfig": st.sampled_from([{}, {"MaximumConcurrency": 2}]),
}


class MappingChooser:
    """Leaves the ordinary way at the points of mappings only."""

    def __init__(self, seed: int, odds: float) -> None:
        self._chooser = SeededChooser(Entropy(seed), odds=odds)

    def choose(self, point: str, option_count: int) -> int:
        """Return the drawn choice, or 0."""
        is_ours = point.startswith(("mapping.", "poll."))
        return self._chooser.choose(point, option_count) if is_ours else 0


class PromisesOfMappings(RuleBasedStateMachine):
    """One world, one function, one mapping."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.source = ""
        self.count = 0
        self.is_filtered = False
        self.receives: int | None = None
        self.settings: dict[str, Any] = {}
        self.told: dict[str, set[int]] = {}
        """The records in each object of the on-failure bucket, by object key."""
        self.world: World
        self.watch: WatchedMapping
        self.client: Any

    @property
    def is_queue(self) -> bool:
        """Whether the mapping reads a queue."""
        return self.source in ("sqs", "fifo")

    # What happens

    @initialize(
        source=st.sampled_from(["kinesis", "kinesis", "dynamodb", "sqs", "fifo"]),
        of_stream=st.fixed_dictionaries(OF_STREAMS),
        of_queue=st.fixed_dictionaries(OF_QUEUES),
        reports=st.booleans(),
        filtered=st.booleans(),
        tumbling=st.sampled_from([0, 0, 20]),
        receives=st.sampled_from([None, 3]),
        seed=st.integers(0, 1_000),
        odds=st.sampled_from([0.0, 0.15]),
        keys=KEYS,
        words=DEEDS,
    )
    def start(self, *, source: str, seed: int, odds: float, **drawn: Any) -> None:
        """Make a world, and a mapping in it that finds some records."""
        self.source = source
        chooser = MappingChooser(seed, odds)
        self.world = a_world(Path(self.folder.name), HANDLER, TEMPLATE, chooser=chooser).open()
        self.client = self.world.client("lambda")
        self.watch = WatchedMapping(self.world, is_queue=self.is_queue, is_ordered=source != "sqs")
        self.watch.given_up = self.given_up
        self.watch.reports = drawn["reports"]
        self.is_filtered = drawn["filtered"]
        if self.is_queue:
            self.settings = drawn["of_queue"]
            self.receives = drawn["receives"]
            self._limit_receives()
        else:
            self.watch.has_windows = bool(drawn["tumbling"])
            self.settings = drawn["of_stream"] | {
                "StartingPosition": "TRIM_HORIZON",
                "TumblingWindowInSeconds": drawn["tumbling"],
                "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:s3:::failures"}},
            }
        self.put(keys=drawn["keys"], passes=True, words=drawn["words"], tenths=0)
        self._create()

    def _limit_receives(self) -> None:
        """Give the queue a dead-letter queue, if messages may be received so often only."""
        if self.receives is None:
            return
        dead = "dead"
        if self.source == "fifo":
            dead = "dead.fifo"
            self.world.client("sqs").create_queue(QueueName=dead, Attributes={"FifoQueue": "true"})
        policy = {
            "deadLetterTargetArn": f"arn:aws:sqs:us-east-1:123456789012:{dead}",
            "maxReceiveCount": self.receives,
        }
        self.world.client("sqs").set_queue_attributes(
            QueueUrl=self.queue_name, Attributes={"RedrivePolicy": json.dumps(policy)}
        )

    @property
    def queue_name(self) -> str:
        """The queue that is read."""
        return "ordered.fifo" if self.source == "fifo" else "reports"

    def _table_stream(self) -> ChangeStream:
        stream = self.world.dynamodb.tables["demand"].stream
        assert stream is not None, "the table is made with one"
        return stream

    def _create(self) -> None:
        service = "sqs" if self.is_queue else self.source
        arns = {
            "kinesis": "arn:aws:kinesis:us-east-1:123456789012:stream/scores",
            "sqs": f"arn:aws:sqs:us-east-1:123456789012:{self.queue_name}",
        }
        arn = arns.get(service) or self._table_stream().arn
        wanted: dict[str, Any] = dict(self.settings)
        if self.watch.reports:
            wanted["FunctionResponseTypes"] = ["ReportBatchItemFailures"]
        if self.is_filtered:
            wanted["FilterCriteria"] = {"Filters": [{"Pattern": json.dumps(FILTERS[service])}]}
        created = self.client.create_event_source_mapping(
            FunctionName="worker", EventSourceArn=arn, **wanted
        )
        self.watch.follow(created["UUID"])
        self._note_limits()
        wait_until(self.client, self.world, self.watch.uuid, "Enabled")

    def _note_limits(self) -> None:
        """Write down what the settings allow."""
        known = self.settings
        retries = known.get("MaximumRetryAttempts", -1)
        self.watch.quotas.append(UNLIMITED if retries == -1 else retries + 1)
        concurrency = known.get("ScalingConfig", {}).get("MaximumConcurrency", UNLIMITED)
        self.watch.concurrencies.append(known.get("ParallelizationFactor", concurrency))

    @rule(keys=KEYS, passes=st.sampled_from([True, True, False]), words=DEEDS, tenths=PAUSE)
    def put(self, *, keys: list[str], passes: bool, words: list[str], tenths: int) -> None:
        """Put records, all of which pass the filter or none, which the function treats badly."""
        self.watch.words += words
        for key in keys:
            number = self.count
            self.count += 1
            if passes or not self.is_filtered:
                self.watch.keys[number] = key
            self._put(number, key, passes=passes)
        self.wait(tenths=tenths)

    def _put(self, number: int, key: str, *, passes: bool) -> None:
        body = json.dumps({"n": number, "passes": passes})
        if self.source == "kinesis":
            self.world.client("kinesis").put_record(
                StreamName="scores", PartitionKey=key, Data=body.encode()
            )
        elif self.source == "dynamodb":
            item = {
                "id": {"S": key}, "n": {"N": str(number)}, "passes": {"S": str(passes).lower()},
            }  # fmt: skip
            self.world.client("dynamodb").put_item(TableName="demand", Item=item)
        else:
            group = {"MessageGroupId": key, "MessageDeduplicationId": str(number)}
            self.world.client("sqs").send_message(
                QueueUrl=self.queue_name,
                MessageBody=body,
                **(group if self.source == "fifo" else {}),
            )

    @rule(tenths=st.integers(1, 900))
    def wait(self, tenths: int) -> None:
        """Let some time pass."""
        self.world.advance(milliseconds(100 * tenths))

    @rule(data=st.data(), tenths=PAUSE)
    def update(self, *, data: st.DataObject, tenths: int) -> None:
        """Change settings, whatever is under way; a mapping in the midst of a change refuses."""
        choices = OF_QUEUES if self.is_queue else OF_STREAMS
        changes = data.draw(st.fixed_dictionaries({}, optional=choices))
        with suppress(self.client.exceptions.ResourceInUseException):
            self.client.update_event_source_mapping(UUID=self.watch.uuid, **changes)
            self.settings |= changes
            self._note_limits()
        self.wait(tenths=tenths)

    @rule(enabled=st.booleans(), tenths=PAUSE)
    def switch(self, *, enabled: bool, tenths: int) -> None:
        """Disable the mapping, or enable it."""
        with suppress(self.client.exceptions.ResourceInUseException):
            self.client.update_event_source_mapping(UUID=self.watch.uuid, Enabled=enabled)
        self.wait(tenths=tenths)

    @rule(has_room=st.booleans(), tenths=PAUSE)
    def throttle(self, *, has_room: bool, tenths: int) -> None:
        """Let no invocation of the function begin, or let all begin again."""
        if has_room:
            self.client.delete_function_concurrency(FunctionName="worker")
        else:
            self.client.put_function_concurrency(
                FunctionName="worker", ReservedConcurrentExecutions=0
            )
        self.wait(tenths=tenths)

    @rule(tenths=PAUSE)
    def make_again(self, tenths: int) -> None:
        """Delete the mapping, whatever is under way, and make one with the same settings."""
        with suppress(self.client.exceptions.ResourceInUseException):
            self.client.delete_event_source_mapping(UUID=self.watch.uuid)
            self.wait(tenths=100)
            self._create()
        self.wait(tenths=tenths)

    @precondition(lambda self: self.is_queue)
    @rule(tenths=PAUSE)
    def make_queue_again(self, tenths: int) -> None:
        """Delete the queue with all its messages, and make one of the same name."""
        client = self.world.client("sqs")
        attributes = {"VisibilityTimeout": "30"}
        if self.source == "fifo":
            attributes["FifoQueue"] = "true"
        self.watch.gone |= set(range(self.count))
        client.delete_queue(QueueUrl=self.queue_name)
        self.wait(tenths=650)
        client.create_queue(QueueName=self.queue_name, Attributes=attributes)
        self._limit_receives()
        self.wait(tenths=tenths)

    @precondition(lambda self: self.source == "kinesis")
    @rule(place=st.integers(0, 9), merges=st.booleans(), tenths=PAUSE)
    def reshard(self, *, place: int, merges: bool, tenths: int) -> None:
        """Split a shard in its middle, or merge it with the next."""
        client = self.world.client("kinesis")
        shards = self.world.kinesis.streams["scores"].open_shards
        shard = shards[place % len(shards)]
        middle = (shard.starting_hash_key + shard.ending_hash_key) // 2
        with suppress(
            client.exceptions.ResourceInUseException, client.exceptions.LimitExceededException
        ):
            if not merges:
                client.split_shard(
                    StreamName="scores", ShardToSplit=shard.shard_id,
                    NewStartingHashKey=str(middle),
                )  # fmt: skip
            elif shard is not shards[-1]:
                client.merge_shards(
                    StreamName="scores", ShardToMerge=shard.shard_id,
                    AdjacentShardToMerge=shards[shards.index(shard) + 1].shard_id,
                )  # fmt: skip
        self.wait(tenths=tenths)

    # What must hold

    def given_up(self) -> set[int]:
        """Return what lies in the on-failure bucket or in the dead-letter queue."""
        if self.is_queue:
            dead = self.world.sqs.queues.get("dead.fifo" if self.source == "fifo" else "dead")
            messages = () if dead is None else dead.messages(self.world.now)
            return {json.loads(message.body)["n"] for message in messages}
        listed = self.world.call("s3", "ListObjectsV2", {"Bucket": "failures"})
        for found in listed.get("Contents", ()):
            if found["Key"] not in self.told:
                self.told[found["Key"]] = self._read(found["Key"])
        return {number for numbers in self.told.values() for number in numbers}

    def _read(self, object_key: str) -> set[int]:
        """Return the records of one failure record, which must agree with itself."""
        wanted = {"Bucket": "failures", "Key": object_key}
        record = json.loads(self.world.call("s3", "GetObject", wanted)["Body"].read())
        records = json.loads(record["payload"])["Records"]
        (information,) = (each for name, each in record.items() if name.endswith("BatchInfo"))
        assert information["batchSize"] == len(records)
        is_too_old = record["requestContext"]["condition"] == "RecordAgeExceeded"
        assert is_too_old == ("responseContext" not in record)
        return {number_of(each) for each in records}

    @invariant()
    def checkpoints_rise(self) -> None:
        """Check that a shard's checkpoint never goes back."""
        if self.source:
            self.checkpoints()

    def checkpoints(self) -> dict[str, int]:
        """Return the latest checkpoint of each shard."""
        latest: dict[str, int] = {}
        for entry in self.world.journal.of_kind("checkpoint"):
            if entry.actor != self.watch.uuid:
                continue
            shard, position = entry.subject.partition("/")[2], entry.details["position"]
            assert position > latest.get(shard, 0)
            latest[shard] = position
        return latest

    def teardown(self) -> None:
        """At last everything is done or given up by name, and the world rests."""
        try:
            if self.source:
                self._finish()
        finally:
            if self.source:
                self.world.close()
            self.folder.cleanup()

    def _finish(self) -> None:
        self.watch.words.clear()
        self.throttle(has_room=True, tenths=0)
        while self._shown()["State"] not in ("Enabled", "Disabled"):
            self.wait(tenths=10)
        self.switch(enabled=True, tenths=0)
        wait_until(self.client, self.world, self.watch.uuid, "Enabled")
        self.world.settle()
        assert self.watch.running == []
        lost = self.watch.keys.keys() - self.watch.done - self.watch.gone - self.given_up()
        assert not lost, f"{lost} are nowhere"
        if not self.is_queue:
            is_kinesis = self.source == "kinesis"
            stream = self.world.kinesis.streams["scores"] if is_kinesis else self._table_stream()
            shards = stream.shards
            ends = {name: shard.end for name, shard in shards.items() if shard.end}
            assert self.checkpoints() == ends

    def _shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = self.client.get_event_source_mapping(UUID=self.watch.uuid)
        return shown


PromisesOfMappings.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, derandomize=True
)
TestPromisesOfMappings = PromisesOfMappings.TestCase
