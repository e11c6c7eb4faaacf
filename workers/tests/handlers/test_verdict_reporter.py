"""verdictReporter: Slack tells the truth, and no two equal posts follow each other."""

import json
from typing import Any

import pytest
import requests
from msgspec.structs import asdict

from workers.domain.counts import NOTHING, Counts, ReportRequest, counts_of
from workers.events.sqs import Message, MessageBatch, message_batch
from workers.handlers.verdict_reporter.rules import decide, put_off_seconds, slack_message
from workers.handlers.verdict_reporter.shapes import Decision
from workers.handlers.verdict_reporter.worker import verdict_reporter
from workers.tests.fakes.dynamodb import FakeDynamoDB, client_error
from workers.tests.fakes.services import Clock, FakeSession, FakeSQS, an_invocation

COUNTS = Counts(3, 2, 1)
OK = (200, "ok")


def a_table(
    counts: Counts | None = COUNTS, posted: Counts | None = None, *campaigns: str
) -> FakeDynamoDB:
    dynamodb = FakeDynamoDB()
    for campaign_id in campaigns or ("spring",):
        for sort, value in (("meta:counts", counts), ("meta:slack:counts", posted)):
            if value is not None:
                numbers = {name: {"N": str(number)} for name, number in asdict(value).items()}
                key = {"PK": {"S": f"campaign:{campaign_id}"}, "SK": {"S": sort}}
                dynamodb.put_item(TableName="demandTable", Item={**key, **numbers})
    return dynamodb


def a_message(
    number: int = 1, last: Counts | None = None, campaign_id: str = "spring", **request: Any
) -> Message:
    return Message(f"m{number}", ReportRequest(campaign_id, last, **request), "file-1", "")


def report(
    dynamodb: FakeDynamoDB, *messages: Message, session: FakeSession | None = None, **aws: Any
) -> dict[str, Any]:
    invocation = an_invocation(
        batch=MessageBatch(list(messages)), dynamodb=dynamodb, session=session, **aws
    )
    answer = verdict_reporter(invocation)
    assert answer is not None
    return answer


def outcome(requeued: int, posted: int, given: int) -> dict[str, Any]:
    return {"requeue": {"success": requeued}, "slack": {"success": posted}, "input": given}


def posted_counts(dynamodb: FakeDynamoDB) -> Counts:
    return counts_of(dynamodb.item("demandTable", "campaign:spring", "meta:slack:counts"))


@pytest.mark.parametrize(
    ("counts", "posted", "last", "expected"),
    [
        (NOTHING, NOTHING, set(), "bypass"),
        (COUNTS, COUNTS, {COUNTS}, "bypass"),
        (COUNTS, NOTHING, set(), "requeue"),
        (COUNTS, NOTHING, {Counts(1, 0, 0)}, "requeue"),
        (COUNTS, NOTHING, {Counts(1, 0, 0), COUNTS}, "post"),
        (NOTHING, COUNTS, {NOTHING}, "post"),
        (COUNTS, None, {COUNTS}, "post"),
        (NOTHING, None, set(), "requeue"),
    ],
)
def test_a_look_comes_to_one_of_three_decisions(
    counts: Counts, posted: Counts | None, last: set[Counts], expected: Decision
) -> None:
    """Posted already, moving, or standing still; what is uncertain is not posted already."""
    assert decide(counts, posted, last) is expected


def test_the_first_look_requeues_with_what_it_saw() -> None:
    """After a delay, with the correlation it came with."""
    sqs = FakeSQS()

    answer = report(a_table(), a_message(), sqs=sqs)

    assert answer == {"counts": outcome(1, 0, 1), "batchItemFailures": []}
    assert sqs.bodies() == [
        {"campaignId": "spring", "counts": {"verified": 3, "rejected": 2, "selected": 1}}
    ]
    assert sqs.sent[0]["DelaySeconds"] == 30
    assert sqs.sent[0]["MessageAttributes"]["correlationId"]["StringValue"] == "file-1"


def test_counts_that_stood_still_are_posted_and_recorded() -> None:
    """And the claim is gone."""
    dynamodb, session = a_table(), FakeSession(OK)

    answer = report(dynamodb, a_message(last=COUNTS), session=session)

    assert answer == {"counts": outcome(0, 1, 1), "batchItemFailures": []}
    assert posted_counts(dynamodb) == COUNTS
    item = dynamodb.item("demandTable", "campaign:spring", "meta:slack:counts")
    assert item is not None
    assert "claimToken" not in item
    ((_, _, sent),) = session.requests
    assert sent["json"] == slack_message("spring", COUNTS, "file-1")


def test_messages_of_one_campaign_need_one_look() -> None:
    """Eight messages, one post."""
    session = FakeSession(OK)
    messages = [a_message(number, COUNTS if number == 5 else None) for number in range(8)]

    answer = report(a_table(), *messages, session=session)

    assert answer == {"counts": outcome(0, 1, 8), "batchItemFailures": []}


def test_a_campaign_that_slack_knows_is_bypassed() -> None:
    """Also one that was never counted."""
    assert report(a_table(posted=COUNTS), a_message(last=COUNTS))["counts"] == outcome(0, 0, 1)
    assert report(a_table(counts=None), a_message())["counts"] == outcome(0, 0, 1)


def test_while_another_reporter_holds_the_claim_the_message_waits() -> None:
    """Two at once must not post twice."""
    dynamodb, sqs = a_table(), FakeSQS()
    answers: list[dict[str, Any]] = []

    class Meanwhile(FakeSession):
        """Runs a second reporter while the first one is posting."""

        def request(self, method: Any, url: Any, **parameters: Any) -> requests.Response:  # type: ignore[override]  # keywords only
            answers.append(report(dynamodb, a_message(2, COUNTS), sqs=sqs))
            return super().request(method, url, **parameters)

    first = report(dynamodb, a_message(1, COUNTS), session=Meanwhile(OK))

    assert first["counts"] == outcome(0, 1, 1)
    assert answers[0]["counts"] == outcome(1, 0, 1)
    assert report(dynamodb, a_message(2, COUNTS))["counts"] == outcome(0, 0, 1)


@pytest.mark.parametrize(
    "clock", [None, Clock(19, step=1)], ids=["in time", "with no time to post"]
)
def test_a_reporter_that_claims_late_finds_what_another_posted(clock: Clock | None) -> None:
    """Its look is older than the other's post."""
    dynamodb = a_table()
    calls = 0

    def another_posts_before_the_claim(operation: str, _parameters: dict[str, Any]) -> None:
        nonlocal calls
        calls += 1
        if operation == "update_item" and calls == 3:
            dynamodb.tables["demandTable"]["campaign:spring", "meta:slack:counts"] = a_table(
                posted=COUNTS
            ).tables["demandTable"]["campaign:spring", "meta:slack:counts"]

    dynamodb._trouble = another_posts_before_the_claim  # noqa: SLF001 - the fake's own switch

    answer = report(dynamodb, a_message(last=COUNTS), clock=clock)

    assert answer == {"counts": outcome(0, 0, 1), "batchItemFailures": []}
    item = dynamodb.item("demandTable", "campaign:spring", "meta:slack:counts")
    assert item is not None
    assert "claimToken" not in item


def test_counts_that_move_before_the_claim_are_not_posted() -> None:
    """The message goes round once more with what is there now."""
    dynamodb, sqs = a_table(), FakeSQS()

    def counts_move(operation: str, _parameters: dict[str, Any]) -> None:
        if operation == "update_item":
            item = dynamodb.tables["demandTable"]["campaign:spring", "meta:counts"]
            item["verified"] = {"N": "4"}

    dynamodb._trouble = counts_move  # noqa: SLF001 - the fake's own switch

    assert report(dynamodb, a_message(last=COUNTS), sqs=sqs)["counts"] == outcome(1, 0, 1)
    assert sqs.bodies()[0]["counts"]["verified"] == 4


@pytest.mark.parametrize(
    "answer",
    [
        (500, "rollup_error"),
        (429, "rate_limited"),
        (404, "no_service"),
        (200, "<html>"),
        requests.Timeout("https://slack.test/services/secret-hook"),
    ],
)
def test_a_failed_post_releases_the_claim_and_goes_back(answer: Any) -> None:
    """The next attempt need not wait for the claim to end."""
    dynamodb = a_table()

    failed = report(dynamodb, a_message(last=COUNTS), session=FakeSession(answer))

    assert failed == {"counts": outcome(0, 0, 1), "batchItemFailures": [{"itemIdentifier": "m1"}]}
    again = report(dynamodb, a_message(last=COUNTS), session=FakeSession(OK))
    assert again["counts"] == outcome(0, 1, 1)


@pytest.mark.parametrize(
    ("answer", "requeued"),
    [
        (requests.Timeout("https://slack.test/services/secret-hook"), 1),
        ((500, "rollup_error"), 1),
        ((200, "<html>"), 1),
        ((429, "rate_limited"), 0),
        ((410, "channel_is_archived"), 0),
    ],
)
def test_after_a_post_of_unknown_end_recorded_counts_are_no_reason_to_bypass(
    answer: Any, requeued: int
) -> None:
    """Slack may have been told of the counts that moved back since."""
    dynamodb = a_table(posted=Counts(1, 0, 0))
    report(dynamodb, a_message(last=COUNTS), session=FakeSession(answer))
    back = a_table(counts=Counts(1, 0, 0)).tables["demandTable"]["campaign:spring", "meta:counts"]
    dynamodb.tables["demandTable"]["campaign:spring", "meta:counts"] = back

    assert report(dynamodb, a_message())["counts"] == outcome(requeued, 0, 1)
    last = report(dynamodb, a_message(last=Counts(1, 0, 0)), session=FakeSession(OK))
    assert last["counts"] == outcome(0, requeued, 1)


def test_counts_that_move_back_while_a_post_is_under_way_are_looked_at_again() -> None:
    """The look comes between the other's post and its record."""
    dynamodb, sqs = a_table(posted=Counts(1, 0, 0)), FakeSQS()
    answers: list[dict[str, Any]] = []

    class Meanwhile(FakeSession):
        """Moves the counts back and lets a second reporter look, while the first is posting."""

        def request(self, method: Any, url: Any, **parameters: Any) -> requests.Response:  # type: ignore[override]  # keywords only
            back = a_table(counts=Counts(1, 0, 0)).tables["demandTable"]
            key = ("campaign:spring", "meta:counts")
            dynamodb.tables["demandTable"][key] = back[key]
            answers.append(report(dynamodb, a_message(2), sqs=sqs))
            return super().request(method, url, **parameters)

    report(dynamodb, a_message(1, COUNTS), session=Meanwhile(OK))

    assert answers[0]["counts"] == outcome(1, 0, 1)
    assert sqs.bodies()[0]["counts"]["verified"] == 1
    assert posted_counts(dynamodb) == COUNTS


def test_a_crashed_reporters_claim_ends_by_itself() -> None:
    """Whoever finds it over posts."""
    dynamodb = a_table()
    dynamodb.put_item(
        TableName="demandTable",
        Item={
            "PK": {"S": "campaign:spring"},
            "SK": {"S": "meta:slack:counts"},
            "claimToken": {"S": "gone"},
            "claimExpiresAt": {"N": "1"},
        },
    )

    assert report(dynamodb, a_message(last=COUNTS), session=FakeSession(OK))["counts"] == outcome(
        0, 1, 1
    )


def test_a_post_that_cannot_be_recorded_leaves_a_receipt() -> None:
    """A throttled table is no reason to post the same again."""
    dynamodb, sqs = a_table(), FakeSQS()

    def throttle_the_record(operation: str, parameters: dict[str, Any]) -> None:
        if operation == "update_item" and "verified" in parameters["UpdateExpression"]:
            raise client_error("ProvisionedThroughputExceededException")

    dynamodb._trouble = throttle_the_record  # noqa: SLF001 - the fake's own switch
    answer = report(dynamodb, a_message(last=COUNTS), session=FakeSession(OK), sqs=sqs)
    assert answer == {"counts": outcome(0, 1, 1), "batchItemFailures": []}
    assert posted_counts(dynamodb) == NOTHING

    receipt = message_batch(
        {"Records": [{"messageId": "r", "body": sqs.sent[0]["MessageBody"]}]}
    ).messages[0]
    held = report(dynamodb, receipt, a_message(2, COUNTS), sqs=sqs)
    assert held == {"counts": outcome(1, 0, 2), "batchItemFailures": []}

    dynamodb._trouble = lambda _operation, _parameters: None  # noqa: SLF001 - the same
    done = report(dynamodb, receipt, a_message(2, COUNTS))
    assert done == {"counts": outcome(0, 0, 2), "batchItemFailures": []}
    assert posted_counts(dynamodb) == COUNTS


def test_a_queue_that_takes_no_message_brings_the_old_one_back() -> None:
    """Nothing is forgotten."""
    answer = report(a_table(), a_message(), sqs=FakeSQS(is_broken=True))

    assert answer["batchItemFailures"] == [{"itemIdentifier": "m1"}]


def test_a_table_that_does_not_answer_brings_its_campaign_back_only() -> None:
    """The other campaign is looked at."""

    def throttle(_operation: str, parameters: dict[str, Any]) -> None:
        if parameters["Key"]["PK"]["S"] == "campaign:fall":
            raise client_error("ThrottlingException")

    dynamodb = a_table()
    dynamodb._trouble = throttle  # noqa: SLF001 - the fake's own switch
    other = Message("m2", ReportRequest("fall"), "", "")

    answer = report(dynamodb, a_message(), other)

    assert answer["batchItemFailures"] == [{"itemIdentifier": "m2"}]
    assert answer["counts"] == outcome(1, 0, 2)


@pytest.mark.parametrize("body", ["", "hello", "{}", '{"campaignId": "a b"}'])
def test_an_unreadable_message_goes_back_until_the_dead_letter_queue_takes_it(body: str) -> None:
    """It must not vanish."""
    batch = message_batch(
        {"Records": [{"messageId": "m1", "body": body, "messageAttributes": {}}]}
    )

    answer = verdict_reporter(an_invocation(batch=batch))

    assert answer == {"counts": outcome(0, 0, 1), "batchItemFailures": [{"itemIdentifier": "m1"}]}


@pytest.mark.parametrize(
    ("given", "kept"), [("shop-1", "shop-1"), ("a b", ""), ("x" * 129, ""), ("\N{SNOWMAN}", "")]
)
def test_a_message_keeps_a_correlation_that_can_travel(given: str, kept: str) -> None:
    """It goes into a header next."""
    attributes = {"correlationId": {"stringValue": given, "dataType": "String"}}
    record = {
        "messageId": "m1",
        "body": '{"campaignId": "spring"}',
        "messageAttributes": attributes,
    }

    (message,) = message_batch({"Records": [record]}).messages

    assert message.correlation_id == kept


def test_a_post_has_a_text_and_an_attachment_with_counts_and_correlation() -> None:
    """What the people in the channel read."""
    message = slack_message("spring", COUNTS, "file-1")

    (attachment,) = message["attachments"]
    assert message["text"] == attachment["fallback"]
    values = {field["title"]: field["value"] for field in attachment["fields"]}
    assert values == {
        "Campaign": "spring",
        "Verified": "3",
        "Rejected": "2",
        "Selected": "1",
        "Correlation id": "file-1",
    }
    json.dumps(message)


@pytest.mark.parametrize(
    ("counts", "color"),
    [
        (Counts(1, 0, 0), "good"),
        (Counts(0, 0, 1), "good"),
        (Counts(0, 5, 0), "warning"),
        (NOTHING, "warning"),
    ],
)
def test_a_post_without_anybody_verified_or_selected_is_a_warning(
    counts: Counts, color: str
) -> None:
    """The colour beside the attachment."""
    assert slack_message("spring", counts, "c")["attachments"][0]["color"] == color


def test_when_table_and_queue_both_refuse_the_reporter_tries_again_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A message that went back would come again as if nothing had been posted."""
    pauses: list[float] = []
    monkeypatch.setattr("workers.handlers.verdict_reporter.worker.time.sleep", pauses.append)
    dynamodb = a_table()

    def throttle_the_record_twice(operation: str, parameters: dict[str, Any]) -> None:
        records = "verified" in parameters.get("UpdateExpression", "")
        if operation == "update_item" and records and len(pauses) < 2:
            raise client_error("ProvisionedThroughputExceededException")

    dynamodb._trouble = throttle_the_record_twice  # noqa: SLF001 - the fake's own switch
    answer = report(
        dynamodb,
        a_message(last=COUNTS),
        session=FakeSession(OK),
        sqs=FakeSQS(is_broken=True),
    )

    assert answer == {"counts": outcome(0, 1, 1), "batchItemFailures": []}
    assert posted_counts(dynamodb) == COUNTS
    assert pauses == [0.2, 0.8]


# A post takes four seconds at most here, its record twelve and the answer three; a message fifteen.


@pytest.mark.parametrize(
    "clock", [Clock(18.9), Clock(19, step=1)], ids=["before the look", "before the post"]
)
def test_a_post_that_there_is_no_time_for_is_put_off(clock: Clock) -> None:
    """Posted and not recorded it would be posted again; gone back it would be a failure."""
    session, sqs, dynamodb = FakeSession(), FakeSQS(), a_table()

    answer = report(dynamodb, a_message(last=COUNTS), session=session, sqs=sqs, clock=clock)

    assert answer == {"counts": outcome(1, 0, 1), "batchItemFailures": []}
    assert sqs.bodies() == [{"campaignId": "spring", "counts": asdict(COUNTS)}]
    assert sqs.sent[0]["DelaySeconds"] == 30
    assert sqs.sent[0]["MessageAttributes"]["correlationId"]["StringValue"] == "file-1"
    assert session.requests == []
    # No claim keeps the next look waiting.
    assert "claimToken" not in (
        dynamodb.item("demandTable", "campaign:spring", "meta:slack:counts") or {}
    )


def test_a_post_that_there_is_just_time_for_is_made() -> None:
    """To the second."""
    answer = report(a_table(), a_message(last=COUNTS), session=FakeSession(OK), clock=Clock(19))

    assert answer["counts"] == outcome(0, 1, 1)


def test_a_campaign_is_put_off_with_what_its_newest_message_saw() -> None:
    """One message for all of them; nothing is read for it."""
    sqs, dynamodb = FakeSQS(), FakeDynamoDB()
    older, newer = Counts(1, 0, 0), Counts(2, 0, 0)
    messages = [a_message(1, older), a_message(2, newer), a_message(3)]

    answer = report(dynamodb, *messages, sqs=sqs, clock=Clock(18.9))

    assert answer == {"counts": outcome(1, 0, 3), "batchItemFailures": []}
    assert sqs.bodies() == [{"campaignId": "spring", "counts": asdict(newer)}]
    assert dynamodb.calls == []


def test_a_first_look_that_is_put_off_is_a_first_look_again() -> None:
    """It has seen nothing."""
    sqs = FakeSQS()

    report(FakeDynamoDB(), a_message(), sqs=sqs, clock=Clock(18.9))

    assert sqs.bodies() == [{"campaignId": "spring"}]


@pytest.mark.parametrize(
    ("clock", "sqs"),
    [(Clock(14.9), FakeSQS()), (Clock(18.9), FakeSQS(is_broken=True))],
    ids=["no time", "no queue"],
)
def test_what_cannot_even_be_put_off_goes_back(clock: Clock, sqs: FakeSQS) -> None:
    """With all messages of the campaign."""
    answer = report(a_table(), a_message(1, COUNTS), a_message(2), clock=clock, sqs=sqs)

    failures = [{"itemIdentifier": "m1"}, {"itemIdentifier": "m2"}]
    assert answer == {"counts": outcome(0, 0, 2), "batchItemFailures": failures}
    assert sqs.sent == []


@pytest.mark.parametrize(("retry_after", "delay"), [("60", 60), ("", 30)])
def test_after_slack_has_refused_one_post_too_many_it_gets_no_other(
    retry_after: str, delay: int
) -> None:
    """The refused one goes back; those that would be posted go on; other looks are as ever."""
    dynamodb = a_table(COUNTS, None, "a", "b", "c")
    for key, item in a_table(COUNTS, COUNTS, "known").tables["demandTable"].items():
        dynamodb.tables["demandTable"][key] = item
    session, sqs = FakeSession(OK, (429, "rate_limited"), retry_after=retry_after), FakeSQS()
    messages = [
        a_message(1, COUNTS, "a"),
        a_message(2, COUNTS, "b"),
        a_message(3, COUNTS, "c"),
        a_message(4, None, "c2"),
        a_message(5, COUNTS, "known"),
    ]
    for key, item in a_table(COUNTS, None, "c2").tables["demandTable"].items():
        dynamodb.tables["demandTable"][key] = item

    answer = report(dynamodb, *messages, session=session, sqs=sqs)

    assert answer == {
        "counts": outcome(2, 1, 5),
        "batchItemFailures": [{"itemIdentifier": "m2"}],
    }
    assert len(session.requests) == 2
    assert [body["campaignId"] for body in sqs.bodies()] == ["c", "c2"]
    assert [body["counts"] for body in sqs.bodies()] == [asdict(COUNTS)] * 2
    # Only what waits for Slack waits as long as Slack wants.
    assert [message["DelaySeconds"] for message in sqs.sent] == [delay, 30]
    for campaign_id in ("b", "c"):
        posted = dynamodb.item("demandTable", f"campaign:{campaign_id}", "meta:slack:counts")
        assert "claimToken" not in (posted or {})


@pytest.mark.parametrize("status", [500, 410])
def test_another_refusal_is_no_reason_to_put_other_posts_off(status: int) -> None:
    """It may concern this one alone."""
    session = FakeSession((status, ""), OK)

    answer = report(
        a_table(COUNTS, None, "a", "b"),
        a_message(1, COUNTS, "a"),
        a_message(2, COUNTS, "b"),
        session=session,
    )

    assert answer == {
        "counts": outcome(0, 1, 2),
        "batchItemFailures": [{"itemIdentifier": "m1"}],
    }


@pytest.mark.parametrize(
    ("requeue_delay", "retry_after", "expected"),
    [(30, 0, 30), (30, 30, 30), (30, 31, 31), (30, 900, 900), (30, 901, 900), (900, 1, 900)],
)
def test_a_post_is_put_off_for_as_long_as_slack_wants(
    requeue_delay: int, retry_after: int, expected: int
) -> None:
    """If that is longer, and SQS can wait so long."""
    assert put_off_seconds(requeue_delay, retry_after) == expected
