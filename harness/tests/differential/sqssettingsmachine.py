"""SQS against moto: what queues are, how they are set, found and listed; no messages."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.kernel.instant import Instant, minutes
from harness.tests.differential.known import Known
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Answer, Exchange, Peers
from harness.tests.differential.sqsknown import KNOWN
from harness.tests.differential.sqssettingscalls import (
    ASKED_FOR,
    BASE,
    GRANTS,
    MADE_WRONGLY,
    MANY_TAGS,
    MISTAKEN_SETTINGS,
    NAMES,
    SETTINGS,
    TAG_KEYS,
    TAGS,
    arn,
)

queue = st.sampled_from(NAMES)
one_or_two: Any = st.lists(SETTINGS, min_size=1, max_size=2).map(dict)
_COUNTS_AND_TIMES = ("Approximate", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn")
_POLICIES = ("Policy", "RedrivePolicy")
_PAGES_MAX = 9
_TAGS_MAX = 50


class SettingsMachine(PeersMachine):
    """Queues that come and go."""

    known = KNOWN
    ignored = frozenset({"CreatedTimestamp", "LastModifiedTimestamp"})

    def __init__(self) -> None:
        super().__init__()
        self.deleted: dict[str, Instant] = {}
        """Name -> when our queue was last deleted."""

    @initialize(names=st.sets(queue, min_size=3))
    def make_some_queues(self, names: set[str]) -> None:
        """Make most of them."""
        for name in sorted(names):
            self.make(name, {})

    def ask(self, queue: str, operation: str, **parameters: Any) -> Exchange:
        """Make a call for *queue*."""
        return self.both("sqs", operation, QueueUrl=BASE + queue, **parameters)

    def make(self, name: str, settings: dict[str, str], **more: Any) -> None:
        """Make the queue called *name*, or ask for it where it is there."""
        kind = {"FifoQueue": "true"} if name.endswith(".fifo") else {}
        given = {"Attributes": kind | settings} if kind | settings else {}
        self.both("sqs", "CreateQueue", QueueName=name, **given, **more)

    @rule(name=queue, settings=one_or_two, tags=st.none() | TAGS)
    def make_or_find(
        self, name: str, settings: dict[str, str], tags: dict[str, str] | None
    ) -> None:
        """Make a queue, or find it with the same attributes or others.

        What moto makes of new tags of an old queue is told elsewhere.
        """
        is_there = self.peers.ours("sqs", "GetQueueUrl", QueueName=name).is_ok
        self.make(name, settings, **({} if tags is None or is_there else {"tags": tags}))
        self.ask(name, "ListQueueTags")

    @rule(given=MADE_WRONGLY)
    def make_wrongly(self, given: dict[str, Any]) -> None:
        """Make a queue that cannot be."""
        self.both("sqs", "CreateQueue", **given)

    @rule(name=queue, mistake=MISTAKEN_SETTINGS)
    def make_with_a_mistake(self, name: str, mistake: tuple[str, str]) -> None:
        """Make a queue with one attribute that it cannot have."""
        self.make(name, dict([mistake]))

    @rule(name=queue, settings=one_or_two)
    def set(self, name: str, settings: dict[str, str]) -> None:
        """Set attributes, and look at all."""
        self._set(name, settings)

    @rule(name=queue, mistake=MISTAKEN_SETTINGS)
    def set_wrongly(self, name: str, mistake: tuple[str, str]) -> None:
        """Set one attribute wrongly."""
        self._set(name, dict([mistake]))

    def _set(self, name: str, settings: dict[str, str]) -> None:
        """Set attributes, and look at all: a call that is refused changes none."""
        given = {"QueueUrl": BASE + name, "AttributeNames": ["All"]}
        before = self.peers.ours("sqs", "GetQueueAttributes", **given)
        exchange = self.ask(name, "SetQueueAttributes", Attributes=settings)
        if not exchange.ours.is_ok:
            # Moto keeps a part of what it refused: `test_a_refused_policy_is_kept_by_moto`.
            after = self.peers.ours("sqs", "GetQueueAttributes", **given)
            assert before == after, "a refused setting changed the queue"
            self.resync()
        self.ask(name, "GetQueueAttributes", AttributeNames=["All"])

    @rule(name=queue, names=ASKED_FOR)
    def look(self, name: str, names: list[str]) -> None:
        """Ask for some attributes."""
        self.ask(name, "GetQueueAttributes", AttributeNames=names)

    @rule(name=queue, tags=TAGS)
    def tag(self, name: str, tags: dict[str, str]) -> None:
        """Tag a queue."""
        self.ask(name, "TagQueue", Tags=tags)
        self.ask(name, "ListQueueTags")

    @rule(name=queue, tags=MANY_TAGS)
    def tag_too_often(self, name: str, tags: dict[str, str]) -> None:
        """Give a queue many tags, as many as it may have or more."""
        self.ask(name, "TagQueue", Tags=tags)
        self.ask(name, "ListQueueTags")

    @rule(name=queue, keys=TAG_KEYS)
    def untag(self, name: str, keys: list[str]) -> None:
        """Take tags away."""
        self.ask(name, "UntagQueue", TagKeys=keys)
        self.ask(name, "ListQueueTags")

    @rule(name=queue, grant=GRANTS)
    def grant(self, name: str, grant: dict[str, Any]) -> None:
        """Add a permission, or what is none."""
        self.ask(name, "AddPermission", **grant)
        self.ask(name, "GetQueueAttributes", AttributeNames=["Policy"])

    @rule(name=queue, label=st.sampled_from(["one", "two", "three", "gone"]))
    def revoke(self, name: str, label: str) -> None:
        """Take a permission away."""
        self.ask(name, "RemovePermission", Label=label)
        self.ask(name, "GetQueueAttributes", AttributeNames=["Policy"])

    @rule(name=queue, is_soon=st.sampled_from([False, False, True]))
    def delete(self, name: str, is_soon: bool) -> None:  # noqa: FBT001 - drawn
        """Delete a queue; a minute later its name is free."""
        if self.peers.ours("sqs", "GetQueueUrl", QueueName=name).is_ok:
            self.deleted[name] = self.peers.now
        self.ask(name, "DeleteQueue")
        self.both("sqs", "GetQueueUrl", QueueName=name)
        if not is_soon:
            self.peers.wait(61)

    @rule(
        name=st.sampled_from([*NAMES, "gone", "a b", ""]),
        owner=st.sampled_from([None, None, "123456789012", "111122223333"]),
    )
    def find(self, name: str, owner: str | None) -> None:
        """Ask for a queue's address, perhaps one of another account."""
        given = {} if owner is None else {"QueueOwnerAWSAccountId": owner}
        self.both("sqs", "GetQueueUrl", QueueName=name, **given)

    @rule(name=queue, size=st.sampled_from([None, None, 1]))
    def find_sources(self, name: str, size: int | None) -> None:
        """Ask which queues give their messages up to this one."""
        given = {} if size is None else {"MaxResults": size}
        exchange = self.ask(name, "ListDeadLetterSourceQueues", **given)
        if exchange.ours.is_ok:
            urls = self.peers.ours("sqs", "ListQueues").output.get("QueueUrls", [])
            sources = [url for url in urls if arn(name) in self.told(url, "RedrivePolicy")]
            assert exchange.ours.output["queueUrls"] == sorted(sources)[:size]

    def told(self, url: str, attribute: str) -> str:
        """Return what our queue says of an attribute, nothing where it has none."""
        given = {"QueueUrl": url, "AttributeNames": [attribute]}
        output = self.peers.ours("sqs", "GetQueueAttributes", **given).output
        text: str = output.get("Attributes", {}).get(attribute, "")
        return text

    @rule(prefix=st.sampled_from([None, "q", "d", "dead.", "z", ""]))
    def list_queues(self, prefix: str | None) -> None:
        """List queues, all at once."""
        self.both("sqs", "ListQueues", **({} if prefix is None else {"QueueNamePrefix": prefix}))

    @rule(prefix=st.sampled_from([None, "q", "z"]), size=st.integers(1, 3))
    def list_in_pages(self, prefix: str | None, size: int) -> None:
        """List queues page by page; which ones share a page is nobody's business."""
        if self.is_over:
            return
        given: dict[str, Any] = {"MaxResults": size}
        given |= {} if prefix is None else {"QueueNamePrefix": prefix}
        self.difference(self.normal(_gathered(self.peers, given)))

    def normal(self, exchange: Exchange) -> Exchange:
        """Sort what has no order, and read what is JSON in a text."""
        for answer in (exchange.ours, exchange.theirs):
            for name in ("QueueUrls", "queueUrls"):
                answer.output.get(name, []).sort()
            attributes = answer.output.get("Attributes", {})
            for name in ("Policy", "RedrivePolicy"):
                with suppress(KeyError, ValueError):
                    attributes[name] = json.loads(attributes[name])
        return exchange

    def difference(self, exchange: Exchange) -> Known | None:
        """Look at what is stored, too: a call may show what an earlier one has left."""
        known = super().difference(exchange)
        if known is not None:
            is_so = self._reasons.get(known.name)
            assert is_so is None or is_so(exchange.parameters), f"ours refuses: {known.name}"
            if not known.keeps_state:
                self.resync()
        return known

    @property
    def _reasons(self) -> dict[str, Callable[[dict[str, Any]], bool]]:
        """Why ours refuses what moto takes, where only the queues tell."""
        return {
            "a name is taken for a minute": self._was_deleted_recently,
            "a redrive allow policy is heeded": self._may_not_name,
            "fifty tags": self._has_too_many_tags,
        }

    def _was_deleted_recently(self, call: dict[str, Any]) -> bool:
        return self.peers.now - self.deleted[call["QueueName"]] < minutes(1)

    def _may_not_name(self, call: dict[str, Any]) -> bool:
        source = call.get("QueueName", call.get("QueueUrl", "").removeprefix(BASE))
        target = json.loads(call["Attributes"]["RedrivePolicy"])["deadLetterTargetArn"]
        url = BASE + target.rpartition(":")[2]
        allowance = json.loads(self.told(url, "RedriveAllowPolicy") or "{}")
        is_listed = arn(source) in allowance.get("sourceQueueArns", [])
        return allowance.get("redrivePermission", "allowAll") != "allowAll" and not is_listed

    def _has_too_many_tags(self, call: dict[str, Any]) -> bool:
        url = call.get("QueueUrl", BASE)
        tags = self.peers.ours("sqs", "ListQueueTags", QueueUrl=url).output.get("Tags", {})
        return len(tags | call.get("Tags", call.get("tags", {}))) > _TAGS_MAX

    def resync(self) -> None:
        """Make moto's queues anew, as ours are."""
        for url in self.peers.theirs("sqs", "ListQueues").output.get("QueueUrls", []):
            self.peers.theirs("sqs", "DeleteQueue", QueueUrl=url)
        urls = self.peers.ours("sqs", "ListQueues").output.get("QueueUrls", [])
        policies = {url: _copy(self.peers, url) for url in urls}
        for url, given in policies.items():
            if given:
                _set_policies(self.peers, url, given)


def _copy(peers: Peers, url: str) -> dict[str, str]:
    """Make moto's queue *url* as ours is, but for its policies, which are returned."""
    told = peers.ours("sqs", "GetQueueAttributes", QueueUrl=url, AttributeNames=["All"])
    tags = peers.ours("sqs", "ListQueueTags", QueueUrl=url).output.get("Tags", {})
    attributes: dict[str, str] = {
        name: value
        for name, value in told.output["Attributes"].items()
        if not name.startswith(_COUNTS_AND_TIMES)
    }
    policies = {name: attributes.pop(name) for name in _POLICIES if name in attributes}
    given = {"QueueName": url.removeprefix(BASE), "Attributes": attributes}
    peers.theirs("sqs", "CreateQueue", **given, **({"tags": tags} if tags else {}))
    return policies


def _set_policies(peers: Peers, url: str, policies: dict[str, str]) -> None:
    """Give moto's queue *url* its policies, though its dead-letter queue may be gone."""
    target = json.loads(policies.get("RedrivePolicy", "{}")).get("deadLetterTargetArn", url)
    name = target.rpartition(":")[2].rpartition("/")[2]
    is_gone = not peers.theirs("sqs", "GetQueueUrl", QueueName=name).is_ok
    if is_gone:
        kind = {"FifoQueue": "true"} if name.endswith(".fifo") else {}
        peers.theirs("sqs", "CreateQueue", QueueName=name, Attributes=kind)
    # Both in one call: moto forgets the policy of a queue that is given anything else.
    assert peers.theirs("sqs", "SetQueueAttributes", QueueUrl=url, Attributes=policies).is_ok
    if is_gone:
        peers.theirs("sqs", "DeleteQueue", QueueUrl=BASE + name)


def _gathered(peers: Peers, given: dict[str, Any]) -> Exchange:
    """Return how large the pages of both sides are, and all that they hold."""
    answers = []
    for call in (peers.ours, peers.theirs):
        pages = [call("sqs", "ListQueues", **given)]
        while "NextToken" in pages[-1].output:
            assert len(pages) < _PAGES_MAX, f"ListQueues {given} does not end"
            token = pages[-1].output["NextToken"]
            pages.append(call("sqs", "ListQueues", **given, NextToken=token))
        urls = [page.output.get("QueueUrls", []) for page in pages]
        answers.append(
            Answer(
                pages[-1].code,
                pages[-1].message,
                {
                    "Sizes": [len(page) for page in urls],
                    "QueueUrls": [url for page in urls for url in page],
                },
            )
        )
    return Exchange("sqs", "ListQueues", given, *answers)
