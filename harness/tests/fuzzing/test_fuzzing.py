"""Whatever is asked of an engine, it answers, or refuses and is as it was before."""

from collections.abc import Iterator, MutableMapping
from typing import Any, cast

import pytest

from harness.services.base.errors import ServiceError
from harness.services.sqs import service as sqs
from harness.tests.fuzzing.campaign import SERVICES, Campaign
from harness.tests.fuzzing.snapshot import first_difference, snapshot

CALLS = {"dynamodb": 1_500, "s3": 800, "sqs": 800, "kinesis": 800}


@pytest.mark.parametrize("service", SERVICES)
def test_no_call_crashes_an_engine_or_changes_it_by_a_refusal(service: str) -> None:
    """The seed is the same in every run; a longer campaign is a command away."""
    campaign = Campaign(seed=1, services=(service,))

    campaign.run(CALLS.get(service, 400))

    assert [str(finding) for finding in campaign.findings.values()] == []
    endings = {ending for counted in campaign.outcomes.values() for ending in counted}
    assert {"answered", "error", "invalid"} <= endings


@pytest.fixture
def operations() -> Iterator[MutableMapping[str, Any]]:
    """Give the operations of SQS to be spoilt, and mend them afterwards."""
    shared = cast("MutableMapping[str, Any]", sqs.OPERATIONS)
    before = dict(shared)
    yield shared
    shared.clear()
    shared.update(before)


def test_an_engine_that_falls_over_is_found(operations: MutableMapping[str, Any]) -> None:
    """With the place where it fell, whatever the exception."""

    def falling_over(_queues: Any, params: Any, _now: Any) -> Any:
        return params["NoSuchMember"]

    for name in operations:
        if not name.startswith("CreateQueue") and name != "SendMessage":
            operations[name] = falling_over
    campaign = Campaign(seed=1, services=("sqs",))
    campaign.run(60)

    kinds = {finding.kind for finding in campaign.findings.values()}
    places = {finding.where.partition(":")[0] for finding in campaign.findings.values()}
    assert kinds == {"crash"}
    assert places == {"tests/fuzzing/test_fuzzing.py"}


def test_a_refusal_that_leaves_something_behind_is_found(
    operations: MutableMapping[str, Any],
) -> None:
    """Half a change is worse than none."""

    def leaving_something(queues: Any, _params: Any, now: Any) -> Any:
        queues.deleted[f"left-{len(queues.deleted)}"] = now
        raise ServiceError("InvalidParameterValue", "no")

    operations["ListQueues"] = leaving_something
    campaign = Campaign(seed=1, services=("sqs",))
    campaign.run(200)

    found = campaign.findings.values()
    assert {(each.kind, each.operation) for each in found} == {("changed state", "sqs.ListQueues")}
    assert all("/deleted" in each.where for each in found)


def test_an_answer_that_no_client_could_parse_is_found(
    operations: MutableMapping[str, Any],
) -> None:
    """A member that the model does not know, or of another sort."""
    operations["ListQueues"] = lambda _queues, _params, _now: {"QueueUrls": ["a", 1], "More": 1}
    campaign = Campaign(seed=1, services=("sqs",))
    campaign.run(200)

    assert [each.where for each in campaign.findings.values()] == [".QueueUrls[] (int)"]


def test_a_code_that_a_service_does_not_have_is_found(
    operations: MutableMapping[str, Any],
) -> None:
    """A handler may look for it, and would look in vain on AWS."""

    def refusing(_queues: Any, _params: Any, _now: Any) -> Any:
        raise ServiceError("NoSuchBucket", "what bucket?")

    operations["ListQueues"] = refusing
    campaign = Campaign(seed=1, services=("sqs",))
    campaign.run(200)

    assert [(each.kind, each.where) for each in campaign.findings.values()] == [
        ("strange code", "NoSuchBucket")
    ]


def test_two_campaigns_of_one_seed_end_alike() -> None:
    """What was found can be found again."""
    first, second = Campaign(seed=3), Campaign(seed=3)
    first.run(300)
    second.run(300)

    assert first.outcomes == second.outcomes
    assert first.counts == second.counts


def test_a_snapshot_tells_where_two_states_differ() -> None:
    """The path names attributes and keys."""

    class Shelf:
        def __init__(self, *books: str) -> None:
            self.books = {"top": [*books]}

    difference = first_difference(snapshot(Shelf("a", "b")), snapshot(Shelf("a", "c")))

    assert difference == "/1/books/1/top/a/1: b -> c"
