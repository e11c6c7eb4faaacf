"""loadScoresToDynamoDB: the merge is idempotent and commutative."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.domain.record import (
    MEMBER_ID_BYTES_MAX,
    RANK_MAX,
    ScoreRecord,
    Slot,
    decode_record,
    encode_record,
)
from workers.events.kinesis import score_batch
from workers.handlers.load_scores_to_dynamodb.worker import load_scores_to_dynamodb
from workers.tests.fakes.dynamodb import FakeDynamoDB, client_error
from workers.tests.fakes.records import a_batch, a_kinesis_event, a_record, records
from workers.tests.fakes.services import Clock, an_invocation, some_settings

ONE_BY_ONE = some_settings(WRITE_CONCURRENCY="1")
LATER = "2026-01-05T08:00:01.000000Z"


def load(dynamodb: FakeDynamoDB, *batch: ScoreRecord) -> dict[str, Any]:
    invocation = an_invocation(batch=a_batch(*batch), dynamodb=dynamodb, settings=ONE_BY_ONE)
    answer = load_scores_to_dynamodb(invocation)
    assert answer is not None
    return answer


def test_a_new_member_is_created_in_one_call() -> None:
    """Facts, slot and the place in the total order of both."""
    dynamodb = FakeDynamoDB()

    answer = load(dynamodb, a_record(is_verified=True, verdict="selected"))

    assert dynamodb.calls == ["update_item"]
    assert answer == {
        "in": 1,
        "success": 1,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "invalid": 0,
        "failed": 0,
        "batchItemFailures": [],
    }
    item = dynamodb.item("demandTable", "campaign:spring", "member:fan:1")
    assert item is not None
    assert item["isVerified"] == {"BOOL": True}
    assert item["rank0"]["M"]["marketId"] == {"S": "m-0"}


def test_a_later_scoring_replaces_the_facts_and_forgets_what_it_does_not_know() -> None:
    """The record wins as a whole."""
    dynamodb = FakeDynamoDB()
    load(dynamodb, a_record(is_verified=True, verdict="selected"))

    answer = load(dynamodb, a_record(scored_at=LATER, score=0.7))

    assert answer["updated"] == 1
    item = dynamodb.item("demandTable", "campaign:spring", "member:fan:1")
    assert item is not None
    assert item["score"] == {"N": "0.7"}
    assert "verdict" not in item
    assert "isVerified" not in item


def test_an_older_scoring_fills_its_own_slot_only() -> None:
    """Two calls: the facts are refused, the slot is not."""
    dynamodb = FakeDynamoDB()
    load(dynamodb, a_record(scored_at=LATER))

    answer = load(dynamodb, a_record(rank=1, score=0.1))

    assert answer["updated"] == 1
    assert dynamodb.calls == ["update_item"] * 3
    item = dynamodb.item("demandTable", "campaign:spring", "member:fan:1")
    assert item is not None
    assert item["scoredAt"] == {"S": LATER}
    assert item["rank1"]["M"]["score"] == {"N": "0.1"}


def test_the_same_record_again_is_unchanged() -> None:
    """The item that refused it tells so."""
    dynamodb = FakeDynamoDB()
    load(dynamodb, a_record())

    assert load(dynamodb, a_record())["unchanged"] == 1


def test_records_of_one_member_are_written_once_and_counted_one_by_one() -> None:
    """As if each had been written in its turn."""
    dynamodb = FakeDynamoDB()

    answer = load(dynamodb, a_record(), a_record(rank=1), a_record(rank=1), a_record(rank=2))

    assert dynamodb.calls == ["update_item"]
    assert (answer["created"], answer["updated"], answer["unchanged"]) == (1, 2, 1)


def test_a_throttled_write_goes_back_and_the_others_are_done() -> None:
    """All records of the member go back: they were one write."""

    def throttle(_operation: str, parameters: dict[str, Any]) -> None:
        if parameters["Key"]["SK"]["S"] == "member:fan:2":
            raise client_error("ProvisionedThroughputExceededException")

    dynamodb = FakeDynamoDB(throttle)

    answer = load(dynamodb, a_record("fan:1"), a_record("fan:2"), a_record("fan:2", rank=1))

    assert (answer["in"], answer["success"], answer["failed"]) == (3, 1, 2)
    assert answer["batchItemFailures"] == [{"itemIdentifier": "2"}, {"itemIdentifier": "3"}]


def test_what_there_is_no_time_for_goes_back() -> None:
    """A function that is stopped in the middle would bring back what is done as well."""
    dynamodb = FakeDynamoDB()
    invocation = an_invocation(
        batch=a_batch(a_record("fan:1"), a_record("fan:2"), a_record("fan:3")),
        dynamodb=dynamodb,
        settings=ONE_BY_ONE,
        clock=Clock(16, step=1),
    )

    answer = load_scores_to_dynamodb(invocation)

    assert answer is not None
    assert (answer["in"], answer["success"], answer["failed"]) == (3, 2, 1)
    assert answer["batchItemFailures"] == [{"itemIdentifier": "3"}]


def test_why_a_write_failed_is_known() -> None:
    """As AWS names it."""

    def deny(_operation: str, _parameters: dict[str, Any]) -> None:
        raise client_error("AccessDeniedException")

    invocation = an_invocation(batch=a_batch(a_record()), dynamodb=FakeDynamoDB(deny))

    load_scores_to_dynamodb(invocation)

    assert invocation.problems == ["AccessDeniedException"]


def test_a_malformed_record_is_counted_and_does_not_block_its_shard() -> None:
    """No retry would mend it."""
    batch = score_batch(a_kinesis_event(a_record(), b"not json", b'{"campaignId": 1}'))
    invocation = an_invocation(batch=batch)

    answer = load_scores_to_dynamodb(invocation)

    assert answer is not None
    assert (answer["in"], answer["success"], answer["invalid"]) == (3, 1, 2)
    assert answer["batchItemFailures"] == []


def test_an_item_that_was_deleted_between_two_turns_comes_back_whole() -> None:
    """A slot alone would bring back half an item."""
    dynamodb = FakeDynamoDB()
    load(dynamodb, a_record(scored_at=LATER))
    turns = 0

    def delete_before_the_second_turn(_operation: str, _parameters: dict[str, Any]) -> None:
        nonlocal turns
        turns += 1
        if turns == 2:
            dynamodb.tables["demandTable"].clear()

    dynamodb._trouble = delete_before_the_second_turn  # noqa: SLF001 - the fake's own switch
    answer = load(dynamodb, a_record(rank=1))

    assert answer["created"] == 1
    item = dynamodb.item("demandTable", "campaign:spring", "member:fan:1")
    assert item is not None
    assert item["scoredAt"] == {"S": "2026-01-05T08:00:00.000000Z"}


def stored_bytes(value: dict[str, Any]) -> int:
    """Return the size of an attribute's value, as DynamoDB counts it."""
    ((kind, content),) = value.items()
    if kind == "M":
        return 3 + sum(len(name.encode()) + stored_bytes(one) + 1 for name, one in content.items())
    return len(content.encode()) if kind == "S" else 21


@pytest.mark.parametrize("letter", ["\x01", "\N{GRINNING FACE}"])
def test_an_item_with_every_slot_and_the_longest_names_fits(letter: str) -> None:
    """400 KB; a control character takes six bytes in JSON, an emoji four in either form."""
    dynamodb = FakeDynamoDB()
    names = Slot(letter * 128, letter * 128, 1 / 3)
    member_id = (letter * 256).encode()[:MEMBER_ID_BYTES_MAX].decode(errors="ignore")
    batch = [
        ScoreRecord(
            "c" * 64,
            member_id,
            [*[None] * rank, names],
            1 / 3,
            LATER,
            rank,
            is_verified=False,
            verdict="waitlisted",
            correlation_id="c" * 128,
        )
        for rank in range(RANK_MAX + 1)
    ]

    load(dynamodb, *(decode_record(encode_record(record)) for record in batch))

    (item,) = dynamodb.items("demandTable")
    assert f"rank{RANK_MAX}" in item
    size = sum(len(name.encode()) + stored_bytes(value) for name, value in item.items())
    assert 200 * 1024 < size < 400 * 1024


def test_concurrent_writes_of_many_members_all_arrive() -> None:
    """Real threads, one share of the members each."""
    dynamodb = FakeDynamoDB()
    batch = a_batch(*(a_record(f"fan:{number}") for number in range(50)))

    answer = load_scores_to_dynamodb(an_invocation(batch=batch, dynamodb=dynamodb))

    assert answer is not None
    assert answer["created"] == 50
    assert len(dynamodb.items("demandTable")) == 50


@settings(max_examples=80, deadline=None)
@given(st.lists(records, max_size=8), st.data())
def test_order_repetition_and_cuts_do_not_matter(
    batch: list[ScoreRecord], data: st.DataObject
) -> None:
    """Confluence: the table ends the same whatever the schedule."""
    reference = FakeDynamoDB()
    load(reference, *batch)

    deliveries = data.draw(
        st.permutations(
            batch + data.draw(st.lists(st.sampled_from(batch or [a_record()]), max_size=4))
            if batch
            else []
        )
    )
    shuffled = FakeDynamoDB()
    created = 0
    while deliveries:
        size = data.draw(st.integers(1, len(deliveries)))
        answer = load(shuffled, *deliveries[:size])
        assert answer["in"] == size == answer["success"]
        created += answer["created"]
        deliveries = deliveries[size:]

    assert shuffled.items("demandTable") == reference.items("demandTable")
    assert created == len(shuffled.items("demandTable"))


@settings(max_examples=80, deadline=None)
@given(st.lists(records, min_size=1, max_size=8))
def test_the_item_holds_the_greatest_of_all_records(batch: list[ScoreRecord]) -> None:
    """The facts those of the winner, each slot that of the winner of its rank."""
    dynamodb = FakeDynamoDB()
    for record in batch:
        load(dynamodb, record)

    for item in dynamodb.items("demandTable"):
        mine = [one for one in batch if one.member_id == item["memberId"]["S"]]
        winner = max(mine, key=lambda one: (one.scored_at, -one.rank, item_json(one)))
        assert item["correlationId"]["S"] == winner.correlation_id
        assert item.get("verdict", {}).get("S") == winner.verdict
        ranks = {f"rank{one.rank}" for one in mine}
        assert {name for name in item if name.startswith("rank")} == ranks


@settings(max_examples=80, deadline=None)
@given(st.lists(records, min_size=1, max_size=8))
def test_a_batch_is_counted_as_if_its_records_came_one_by_one(batch: list[ScoreRecord]) -> None:
    """However many records of a member are merged into one write."""
    together, alone = FakeDynamoDB(), FakeDynamoDB()
    names = ("created", "updated", "unchanged")

    at_once = load(together, *batch)
    one_by_one = [load(alone, record) for record in batch]

    assert {name: at_once[name] for name in names} == {
        name: sum(answer[name] for answer in one_by_one) for name in names
    }


def item_json(record: ScoreRecord) -> str:
    return encode_record(record).decode()
