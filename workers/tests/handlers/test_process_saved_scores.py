"""processSavedScores: counts are true, however often and however cut a change is delivered."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.domain.counts import NOTHING, Counts, counts_of
from workers.events.dynamodb import Change, ChangeBatch, change_batch
from workers.handlers.process_saved_scores.rules import contribution, is_registration
from workers.handlers.process_saved_scores.worker import process_saved_scores
from workers.tests.fakes.dynamodb import FakeDynamoDB, client_error
from workers.tests.fakes.services import Clock, FakeSQS, an_invocation


def an_image(*, is_verified: bool | None = None, verdict: str | None = None) -> dict[str, Any]:
    image: dict[str, Any] = {"correlationId": {"S": "file-1"}}
    if is_verified is not None:
        image["isVerified"] = {"BOOL": is_verified}
    if verdict is not None:
        image["verdict"] = {"S": verdict}
    return image


VERIFIED = an_image(is_verified=True)


def a_change(
    number: int,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = VERIFIED,
    *,
    campaign_id: str = "spring",
    sort: str = "member:fan:1",
) -> Change:
    return Change(f"{number:032x}", str(number), f"campaign:{campaign_id}", sort, old, new)


def process(
    dynamodb: FakeDynamoDB, *changes: Change, sqs: FakeSQS | None = None
) -> dict[str, Any]:
    invocation = an_invocation(batch=ChangeBatch(list(changes)), dynamodb=dynamodb, sqs=sqs)
    answer = process_saved_scores(invocation)
    assert answer is not None
    return answer


def counted(dynamodb: FakeDynamoDB, campaign_id: str = "spring") -> Counts:
    return counts_of(dynamodb.item("demandTable", f"campaign:{campaign_id}", "meta:counts"))


def test_inserts_changes_and_removals_all_move_the_counts() -> None:
    """The difference between the two images is what counts."""
    dynamodb = FakeDynamoDB()
    selected = an_image(is_verified=True, verdict="selected")

    process(
        dynamodb,
        a_change(1, None, selected),
        a_change(2, None, an_image(is_verified=False)),
        a_change(3, None, an_image(verdict="waitlisted")),
        a_change(4, an_image(is_verified=False), VERIFIED),
        a_change(5, selected, None),
    )

    assert counted(dynamodb) == Counts(verified=1, rejected=0, selected=0)


def test_only_registrations_count() -> None:
    """Our own counts do not, and neither does the same member on the fan list."""
    assert is_registration(a_change(1))
    assert not is_registration(a_change(1, sort="meta:counts"))
    assert not is_registration(Change("e", "1", "fan:1", "campaign:spring", None, VERIFIED))


def test_what_is_not_known_counts_nowhere() -> None:
    """Neither verified nor rejected."""
    assert contribution(an_image()) == contribution(None) == NOTHING


def test_a_change_that_moves_nothing_costs_no_transaction() -> None:
    """And nobody is told."""
    dynamodb, sqs = FakeDynamoDB(), FakeSQS()

    answer = process(dynamodb, a_change(1, VERIFIED, VERIFIED), sqs=sqs)

    assert answer == {"count": 1, "batchItemFailures": []}
    assert dynamodb.calls == []
    assert sqs.sent == []


def test_each_campaign_has_its_own_counts_and_one_message() -> None:
    """The message carries the correlation of the item."""
    dynamodb, sqs = FakeDynamoDB(), FakeSQS()

    process(dynamodb, a_change(1), a_change(2), a_change(3, campaign_id="fall"), sqs=sqs)

    assert (counted(dynamodb).verified, counted(dynamodb, "fall").verified) == (2, 1)
    assert sqs.bodies() == [{"campaignId": "spring"}, {"campaignId": "fall"}]
    assert sqs.sent[0]["MessageAttributes"]["correlationId"]["StringValue"] == "file-1"


def test_a_redelivery_counts_nothing_but_asks_for_the_report_again() -> None:
    """The first delivery may have died between the counts and the message."""
    dynamodb, sqs = FakeDynamoDB(), FakeSQS()
    process(dynamodb, a_change(1), a_change(2))

    process(dynamodb, a_change(1), a_change(2), sqs=sqs)

    assert counted(dynamodb).verified == 2
    assert len(sqs.sent) == 1


def test_a_campaign_that_fails_goes_back_without_the_others() -> None:
    """What was counted is marked, so its redelivery is harmless."""

    def conflict(_operation: str, parameters: dict[str, Any]) -> None:
        if parameters["TransactItems"][-1]["Update"]["Key"]["PK"]["S"] == "campaign:fall":
            raise client_error(
                "TransactionCanceledException",
                CancellationReasons=[{"Code": "None"}, {"Code": "TransactionConflict"}],
            )

    dynamodb = FakeDynamoDB(conflict)

    answer = process(dynamodb, a_change(1, campaign_id="fall"), a_change(2))

    assert answer == {"count": 1, "batchItemFailures": [{"itemIdentifier": "1"}]}
    assert counted(dynamodb).verified == 1


def test_a_message_that_was_not_taken_brings_the_changes_back() -> None:
    """Counted they are already; told they must be."""
    dynamodb = FakeDynamoDB()

    answer = process(dynamodb, a_change(1), sqs=FakeSQS(is_broken=True))

    assert answer["batchItemFailures"] == [{"itemIdentifier": "1"}]
    assert process(dynamodb, a_change(1))["batchItemFailures"] == []
    assert counted(dynamodb).verified == 1


def test_changes_that_there_is_no_time_for_go_back() -> None:
    """The campaigns before them are counted and told of."""
    dynamodb, sqs = FakeDynamoDB(), FakeSQS()
    invocation = an_invocation(
        batch=ChangeBatch([a_change(1), a_change(2, campaign_id="fall")]),
        dynamodb=dynamodb,
        sqs=sqs,
        clock=Clock(28, step=1),
    )

    answer = process_saved_scores(invocation)

    assert answer == {"count": 1, "batchItemFailures": [{"itemIdentifier": "2"}]}
    assert (counted(dynamodb).verified, counted(dynamodb, "fall").verified) == (1, 0)
    assert {"campaignId": "spring"} in sqs.bodies()


@pytest.mark.parametrize(
    ("error", "problems"),
    [
        (client_error("ThrottlingException"), ["ThrottlingException"]),
        (
            client_error(
                "TransactionCanceledException",
                CancellationReasons=[{"Code": "None"}, {"Code": "TransactionConflict"}],
            ),
            ["TransactionConflict"],
        ),
    ],
)
def test_why_changes_were_not_counted_is_known(error: Exception, problems: list[str]) -> None:
    """The transaction as a whole, or one action of it."""

    def fail(_operation: str, _parameters: dict[str, Any]) -> None:
        raise error

    invocation = an_invocation(batch=ChangeBatch([a_change(1)]), dynamodb=FakeDynamoDB(fail))

    process_saved_scores(invocation)

    assert invocation.problems == problems


def test_more_changes_than_a_transaction_takes_are_split() -> None:
    """99 markers and the counts."""
    dynamodb = FakeDynamoDB()

    process(dynamodb, *(a_change(number) for number in range(1, 201)))

    assert dynamodb.calls == ["transact_write_items"] * 3
    assert counted(dynamodb).verified == 200


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                (None, VERIFIED),
                (VERIFIED, None),
                (VERIFIED, an_image(is_verified=False, verdict="selected")),
            ]
        ),
        max_size=7,
    ),
    st.data(),
)
def test_counts_are_exact_whatever_is_delivered_again(
    moves: list[tuple[dict[str, Any] | None, dict[str, Any] | None]], data: st.DataObject
) -> None:
    """A shard is read from any earlier point again, in batches of any size."""
    changes = [a_change(number, old, new) for number, (old, new) in enumerate(moves)]
    dynamodb = FakeDynamoDB()
    position = 0
    for _ in range(6):
        end = data.draw(st.integers(position, len(changes)))
        process(dynamodb, *changes[position:end])
        position = data.draw(st.integers(0, end))
    process(dynamodb, *changes[position:])

    expected = NOTHING
    for old, new in moves:
        expected = expected.plus(contribution(new)).minus(contribution(old))
    assert counted(dynamodb) == expected


def test_an_item_whose_correlation_cannot_travel_is_reported_under_the_invocations() -> None:
    """The queue would refuse the message at each delivery."""
    sqs = FakeSQS()
    image = {**VERIFIED, "correlationId": {"S": "\x01"}}

    process(FakeDynamoDB(), a_change(1, None, image), sqs=sqs)

    sent = sqs.sent[0]["MessageAttributes"]["correlationId"]["StringValue"]
    assert sent == "correlation-1"


def test_the_event_of_lambda_is_read() -> None:
    """Images may be missing, keys are not."""
    record = {
        "eventID": "e1",
        "eventName": "REMOVE",
        "dynamodb": {
            "Keys": {"PK": {"S": "campaign:spring"}, "SK": {"S": "member:fan:1"}},
            "OldImage": VERIFIED,
            "SequenceNumber": "7",
        },
    }

    batch = change_batch({"Records": [record]})

    assert batch.changes == [Change("e1", "7", "campaign:spring", "member:fan:1", VERIFIED, None)]
