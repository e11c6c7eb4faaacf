"""Kinesis against moto: what streams are, how they are set, described and listed; no records."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.tests.differential.kinesisknown import KNOWN
from harness.tests.differential.kinesisscaling import scale
from harness.tests.differential.kinesissettingscalls import (
    CONSUMERS,
    MADE,
    MADE_WRONGLY,
    METRICS,
    MISTAKES,
    NAMES,
    POLICY,
    SCALINGS,
    STREAM_ARN,
    TAG_KEYS,
    TAGS,
    TAGS_ASKED_FOR,
)
from harness.tests.differential.known import Known
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Answer, Exchange, Pair, Peers

stream = st.sampled_from(NAMES)
_PAGES_MAX = 9
_ON_DEMAND = {"StreamMode": "ON_DEMAND"}
_SHARD = "shardId-000000000000"
_TAGS_MAX = 50


class StreamSettingsMachine(PeersMachine):
    """Streams that come and go."""

    known = KNOWN
    ignored = frozenset({"SequenceNumberRange"})

    @initialize(names=st.sets(stream, min_size=2))
    def make_some_streams(self, names: set[str]) -> None:
        """Make most of them."""
        for name in sorted(names):
            self.ask(name, "CreateStream", ShardCount=2)

    def ask(self, stream: str, operation: str, **parameters: Any) -> Exchange:
        """Make a call for *stream*."""
        return self.both("kinesis", operation, StreamName=stream, **parameters)

    def name(self, stream: str, operation: str, **parameters: Any) -> Exchange:
        """Make a call for *stream* by its ARN."""
        return self.both("kinesis", operation, StreamARN=STREAM_ARN + stream, **parameters)

    @rule(name=stream, given=MADE)
    def make(self, name: str, given: dict[str, Any]) -> None:
        """Make a stream, or one that is there."""
        self.ask(name, "CreateStream", **given)
        self.ask(name, "DescribeStreamSummary")
        self.ask(name, "ListTagsForStream")

    @rule(given=MADE_WRONGLY)
    def make_wrongly(self, given: dict[str, Any]) -> None:
        """Make a stream that cannot be."""
        self.both("kinesis", "CreateStream", **given)

    @rule(name=stream, has_force=st.booleans())
    def delete(self, name: str, has_force: bool) -> None:  # noqa: FBT001 - drawn
        """Delete a stream, and its consumers if need be."""
        self.ask(name, "DeleteStream", **({"EnforceConsumerDeletion": True} if has_force else {}))
        self.peers.wait(1)

    @rule(name=stream, operation=st.sampled_from(["DescribeStream", "DescribeStreamSummary"]))
    def describe(self, name: str, operation: str) -> None:
        """Describe a stream by its ARN."""
        self.name(name, operation)

    @rule(name=stream, limit=st.sampled_from([None, 1, 2]))
    def describe_a_page(self, name: str, limit: int | None) -> None:
        """Describe a stream with its first shards."""
        self.ask(name, "DescribeStream", **({} if limit is None else {"Limit": limit}))

    @rule(size=st.sampled_from([None, 1, 2]))
    def list_streams(self, size: int | None) -> None:
        """List all streams, page by page: moto's order is that of making them."""
        if self.is_over:
            return
        given = {} if size is None else {"Limit": size}
        self.difference(_gathered(self.peers, "ListStreams", given))

    @rule(name=stream, tags=TAGS)
    def tag(self, name: str, tags: dict[str, str]) -> None:
        """Tag a stream."""
        before = self.peers.ours("kinesis", "ListTagsForStream", StreamName=name).output
        exchange = self.ask(name, "AddTagsToStream", Tags=tags)
        if "cannot have more than" in exchange.ours.message:
            kept = {tag["Key"] for tag in before["Tags"]}
            assert len(kept | tags.keys()) > _TAGS_MAX, f"{len(kept)} tags and {len(tags)}"
        self.ask(name, "ListTagsForStream")

    @rule(name=stream, keys=TAG_KEYS)
    def untag(self, name: str, keys: list[str]) -> None:
        """Take tags away."""
        self.ask(name, "RemoveTagsFromStream", TagKeys=keys)
        self.ask(name, "ListTagsForStream")

    @rule(name=stream, given=TAGS_ASKED_FOR)
    def list_tags(self, name: str, given: dict[str, Any]) -> None:
        """List some tags."""
        self.ask(name, "ListTagsForStream", **given)

    @rule(
        name=stream,
        metrics=METRICS,
        operation=st.sampled_from(["EnableEnhancedMonitoring", "DisableEnhancedMonitoring"]),
    )
    def monitor(self, name: str, metrics: list[str], operation: str) -> None:
        """Switch metrics on or off."""
        self.ask(name, operation, ShardLevelMetrics=metrics)
        self.ask(name, "DescribeStreamSummary")

    @rule(
        name=stream,
        operation=st.sampled_from(["StartStreamEncryption", "StopStreamEncryption"]),
        key=st.sampled_from(["alias/aws/kinesis", "k"]),
    )
    def encrypt(self, name: str, operation: str, key: str) -> None:
        """Encrypt a stream or stop it."""
        self.ask(name, operation, EncryptionType="KMS", KeyId=key)
        self.ask(name, "DescribeStreamSummary")

    @rule(name=stream, mode=st.sampled_from(["PROVISIONED", "ON_DEMAND"]))
    def change_mode(self, name: str, mode: str) -> None:
        """Change who looks after the capacity."""
        self.name(name, "UpdateStreamMode", StreamModeDetails={"StreamMode": mode})
        self.ask(name, "DescribeStreamSummary")

    @rule(name=stream, count=SCALINGS)
    def scale(self, name: str, count: int) -> None:
        """Change the number of shards."""
        self.peers.wait(1)
        scale(self, name, count)
        self.ask(name, "DescribeStream")

    @rule(name=stream)
    def split_on_demand(self, name: str) -> None:
        """Split a shard of a stream whose shards are AWS's own business."""
        told = self.peers.ours("kinesis", "DescribeStreamSummary", StreamName=name).output
        if told.get("StreamDescriptionSummary", {}).get("StreamModeDetails") == _ON_DEMAND:
            self.ask(name, "SplitShard", ShardToSplit=_SHARD, NewStartingHashKey=str(2**120))

    @rule()
    def look_at_the_limits(self) -> None:
        """Ask how many shards there may be."""
        told = self.both("kinesis", "DescribeLimits").ours.output
        modes, counts = [], []
        for name in self.peers.ours("kinesis", "ListStreams").output["StreamNames"]:
            shown = self.peers.ours("kinesis", "DescribeStreamSummary", StreamName=name)
            summary = shown.output["StreamDescriptionSummary"]
            modes.append(summary["StreamModeDetails"]["StreamMode"])
            counts.append(summary["OpenShardCount"] if modes[-1] == "PROVISIONED" else 0)
        found = (sum(counts), modes.count("ON_DEMAND"))
        assert found == (told["OpenShardCount"], told["OnDemandStreamCount"]), f"{found}, {told}"

    @rule(
        name=stream,
        hours=st.sampled_from([23, 24, 25, 48, 8_761]),
        operation=st.sampled_from(
            ["IncreaseStreamRetentionPeriod", "DecreaseStreamRetentionPeriod"]
        ),
    )
    def retain(self, name: str, hours: int, operation: str) -> None:
        """Change the retention period."""
        self.name(name, operation, RetentionPeriodHours=hours)

    @rule(name=stream, consumer=CONSUMERS)
    def register(self, name: str, consumer: str) -> None:
        """Register a consumer."""
        self.name(name, "RegisterStreamConsumer", ConsumerName=consumer)
        self.name(name, "ListStreamConsumers")

    @rule(name=stream, consumer=CONSUMERS)
    def describe_consumer(self, name: str, consumer: str) -> None:
        """Describe a consumer."""
        self.name(name, "DescribeStreamConsumer", ConsumerName=consumer)

    @rule(name=stream, size=st.sampled_from([1, 2]))
    def list_consumers(self, name: str, size: int) -> None:
        """List consumers page by page: moto's order is that of registering them."""
        if self.peers.ours("kinesis", "DescribeStreamSummary", StreamName=name).is_ok:
            given = {"StreamARN": STREAM_ARN + name, "MaxResults": size}
            self.difference(_gathered(self.peers, "ListStreamConsumers", given))

    @rule(name=stream, consumer=CONSUMERS)
    def deregister_by_name(self, name: str, consumer: str) -> None:
        """Deregister a consumer by its stream and its name; moto keeps just that one."""
        exchange = self.name(name, "DeregisterStreamConsumer", ConsumerName=consumer)
        if exchange.ours.is_ok:
            self.resync()  # told by `test_moto_keeps_the_consumer_that_is_deregistered`

    @rule(name=stream, consumer=CONSUMERS)
    def deregister(self, name: str, consumer: str) -> None:
        """Deregister a consumer by its ARN, which the two sides end in different ways."""
        arns = []
        for side in (self.peers.ours, self.peers.theirs):
            told = side("kinesis", "ListStreamConsumers", StreamARN=STREAM_ARN + name)
            found = told.output.get("Consumers", [])
            arns.append({each["ConsumerName"]: each["ConsumerARN"] for each in found})
        if consumer in arns[0] and consumer in arns[1]:
            self.both(
                "kinesis",
                "DeregisterStreamConsumer",
                ConsumerARN=Pair(arns[0][consumer], arns[1][consumer]),
            )
        self.name(name, "ListStreamConsumers")

    @rule(
        name=stream,
        operation=st.sampled_from(["GetResourcePolicy", "DeleteResourcePolicy"]),
        is_first_put=st.booleans(),
    )
    def govern(self, name: str, operation: str, is_first_put: bool) -> None:  # noqa: FBT001 - drawn
        """Put, get or delete a stream's policy."""
        arn = STREAM_ARN + name
        if is_first_put:
            self.both("kinesis", "PutResourcePolicy", ResourceARN=arn, Policy=POLICY)
        self.both("kinesis", operation, ResourceARN=arn)

    @rule(mistake=MISTAKES)
    def err(self, mistake: tuple[str, dict[str, Any]]) -> None:
        """Make a call with a mistake."""
        operation, parameters = mistake
        self.both("kinesis", operation, **parameters)

    def normal(self, exchange: Exchange) -> Exchange:
        """Put metrics in one order: AWS promises none."""
        for answer in (exchange.ours, exchange.theirs):
            for found in _metrics(answer.output):
                found.sort()
        return exchange

    def difference(self, exchange: Exchange) -> Known | None:
        """Look at what is stored, too: a call may show what an earlier one has left."""
        known = super().difference(exchange)
        is_refused = not (exchange.ours.is_ok or exchange.theirs.is_ok)
        if known is not None and not (known.keeps_state or is_refused):
            self.resync()
        return known

    def resync(self) -> None:
        """Make the streams that we have anew on both sides."""
        names = self.peers.ours("kinesis", "ListStreams").output["StreamNames"]
        for side in (self.peers.ours, self.peers.theirs):
            for name in side("kinesis", "ListStreams").output["StreamNames"]:
                arn = STREAM_ARN + name
                side("kinesis", "DeleteResourcePolicy", ResourceARN=arn)
                side("kinesis", "DeleteStream", StreamARN=arn, EnforceConsumerDeletion=True)
        self.peers.wait(1)
        for name in names:
            self.peers.call("kinesis", "CreateStream", StreamName=name, ShardCount=2)


def _metrics(output: dict[str, Any]) -> list[list[str]]:
    names = ("CurrentShardLevelMetrics", "DesiredShardLevelMetrics")
    told = output.get("StreamDescriptionSummary", output.get("StreamDescription", {}))
    sets = [each["ShardLevelMetrics"] for each in told.get("EnhancedMonitoring", [])]
    return [*(output[name] for name in names if name in output), *sets]


def _gathered(peers: Peers, operation: str, given: dict[str, Any]) -> Exchange:
    """Return how large the pages of both sides are, and all names that they hold."""
    answers = []
    for call in (peers.ours, peers.theirs):
        pages = [call("kinesis", operation, **given)]
        while (more := _following(pages[-1].output)) is not None:
            assert len(pages) < _PAGES_MAX, f"{operation} {given} does not end"
            pages.append(call("kinesis", operation, **given | more))
        names = [_names(page.output) for page in pages]
        everything = sorted(name for page in names for name in page)
        sizes = [len(page) for page in names]
        answers.append(Answer("ok", output={"Sizes": sizes, "Names": everything}))
    return Exchange("kinesis", operation, given, *answers)


def _following(output: dict[str, Any]) -> dict[str, Any] | None:
    """Return what asks for the page after this one, None after the last."""
    if "Consumers" in output:
        return {"NextToken": output["NextToken"]} if "NextToken" in output else None
    if not output["HasMoreStreams"]:
        return None
    return {"ExclusiveStartStreamName": output["StreamNames"][-1]}


def _names(output: dict[str, Any]) -> list[str]:
    found = output.get("StreamNames")
    return [each["ConsumerName"] for each in output["Consumers"]] if found is None else found
