"""saveFanlistScores."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from workers.domain.record import ScoreRecord
from workers.errors import RetryableError
from workers.events.kinesis import ScoreBatch
from workers.events.s3 import created_objects, resuming_event
from workers.handlers.save_fanlist_scores.rules import typed
from workers.handlers.save_fanlist_scores.worker import fan_list_batch, save_fanlist_scores
from workers.pipeline.invocation import Invocation
from workers.tests.fakes.dynamodb import FakeDynamoDB, client_error
from workers.tests.fakes.records import (
    HEADER,
    ROW,
    a_batch,
    a_kinesis_event,
    a_record,
    an_s3_event,
)
from workers.tests.fakes.services import (
    Clock,
    FakeFunctions,
    FakeKinesis,
    FakeS3,
    FakeSession,
    FakeSQS,
    an_invocation,
)

CAMPAIGN = (200, {"campaignId": "spring", "properties": {"tier": 1, "vip": True, "tags": ["a"]}})
LATER = "2026-01-05T08:00:01.000000Z"
EMAIL = "email:" + "a" * 64


def saving(*records: ScoreRecord, session: FakeSession | None = None, **fakes: Any) -> Invocation:
    return an_invocation(
        batch=a_batch(*records), session=session or FakeSession(CAMPAIGN, CAMPAIGN), **fakes
    )


def counts(
    given: tuple[int, int, int, int],
    dynamo: tuple[int, int, int, int],
    stream: tuple[int, int, int],
) -> dict[str, Any]:
    return {
        "input": dict(zip(("in", "invalid", "duplicate", "valid"), given, strict=True)),
        "dynamo": dict(zip(("in", "failed", "out", "rejected"), dynamo, strict=True)),
        "stream": dict(zip(("in", "failed", "out"), stream, strict=True)),
    }


def test_a_record_becomes_an_item_a_stream_record_and_a_message() -> None:
    """With the campaign's properties in both."""
    dynamodb, kinesis, sqs = FakeDynamoDB(), FakeKinesis(), FakeSQS()
    invocation = saving(a_record(is_verified=True), dynamodb=dynamodb, kinesis=kinesis, sqs=sqs)

    answer = save_fanlist_scores(invocation)

    assert answer == {**counts((1, 0, 0, 1), (1, 0, 1, 0), (1, 0, 1)), "batchItemFailures": []}
    item = dynamodb.item("demandTable", "fan:1", "campaign:spring")
    assert item is not None
    assert item["properties"]["M"]["tags"] == {"L": [{"S": "a"}]}
    assert kinesis.documents()[0]["properties"] == {"tier": 1, "vip": True, "tags": ["a"]}
    assert sqs.bodies() == [{"campaignId": "spring"}]
    assert sqs.sent[0]["MessageAttributes"]["correlationId"]["StringValue"] == "file-1"


def test_members_of_no_known_kind_are_invalid_and_the_best_duplicate_stays() -> None:
    """A fan list has fans, sids and hashed e-mails; of two records the later one counts."""
    dynamodb = FakeDynamoDB()
    invocation = saving(
        a_record("guest:1"),
        a_record("email:someone@example.org"),
        a_record(EMAIL),
        a_record("fan:1", scored_at=LATER, score=0.9),
        a_record("fan:1", score=0.1),
        dynamodb=dynamodb,
    )

    answer = save_fanlist_scores(invocation)

    assert answer == {**counts((5, 2, 1, 2), (2, 0, 2, 0), (2, 0, 2)), "batchItemFailures": []}
    item = dynamodb.item("demandTable", "fan:1", "campaign:spring")
    assert item is not None
    assert item["score"] == {"N": "0.9"}


def test_a_sid_or_an_email_gains_the_fan_behind_it() -> None:
    """The item keeps its own key."""
    dynamodb, kinesis = FakeDynamoDB(), FakeKinesis()
    dynamodb.put_item(
        TableName="fanIdentityTable", Item={"identifier": {"S": "sid:1"}, "fanId": {"S": "fan:7"}}
    )

    save_fanlist_scores(
        saving(a_record("sid:1"), a_record(EMAIL), dynamodb=dynamodb, kinesis=kinesis)
    )

    known = dynamodb.item("demandTable", "sid:1", "campaign:spring")
    unknown = dynamodb.item("demandTable", EMAIL, "campaign:spring")
    assert known is not None
    assert unknown is not None
    assert known["fanId"] == {"S": "fan:7"}
    assert "fanId" not in unknown
    assert [document.get("fanId") for document in kinesis.documents()] == ["fan:7", None]


def test_more_than_a_hundred_identifiers_are_looked_up_in_portions() -> None:
    """BatchGetItem takes no more."""
    dynamodb = FakeDynamoDB()

    save_fanlist_scores(
        saving(*(a_record(f"sid:{number}") for number in range(101)), dynamodb=dynamodb)
    )

    assert dynamodb.calls.count("batch_get_item") == 2


def test_an_unprocessed_identifier_brings_its_record_back() -> None:
    """Written without its fan it would stay so: the next delivery would find it equal."""

    class Half(FakeDynamoDB):
        """Looks at no key."""

        def batch_get_item(self, **parameters: Any) -> dict[str, Any]:
            return {"Responses": {}, "UnprocessedKeys": parameters["RequestItems"]}

    dynamodb = Half()

    answer = save_fanlist_scores(saving(a_record("fan:1"), a_record("sid:1"), dynamodb=dynamodb))

    assert answer is not None
    assert answer["dynamo"] == {"in": 2, "failed": 1, "out": 1, "rejected": 0}
    assert answer["batchItemFailures"] == [{"itemIdentifier": "2"}]


def test_an_equal_item_goes_on_the_stream_again_and_a_newer_one_does_not() -> None:
    """The delivery that wrote it may have died before it reached the stream."""
    dynamodb, kinesis = FakeDynamoDB(), FakeKinesis()
    save_fanlist_scores(saving(a_record(scored_at=LATER), dynamodb=dynamodb))

    answer = save_fanlist_scores(
        saving(a_record(scored_at=LATER), dynamodb=dynamodb, kinesis=kinesis)
    )
    older = save_fanlist_scores(saving(a_record(), dynamodb=dynamodb, kinesis=kinesis))

    assert answer == {**counts((1, 0, 0, 1), (1, 0, 0, 1), (1, 0, 1)), "batchItemFailures": []}
    assert older == {**counts((1, 0, 0, 1), (1, 0, 0, 1), (0, 0, 0)), "batchItemFailures": []}
    assert len(kinesis.taken) == 1


def test_what_the_stream_refused_comes_back_with_its_duplicates() -> None:
    """A duplicate that was dropped relies on the one that was kept."""
    answer = save_fanlist_scores(
        saving(
            a_record("fan:1"),
            a_record("fan:2"),
            a_record("fan:1", rank=1),
            kinesis=FakeKinesis({"fan:1"}),
        )
    )

    assert answer is not None
    assert answer["stream"] == {"in": 2, "failed": 1, "out": 1}
    assert answer["batchItemFailures"] == [{"itemIdentifier": "1"}, {"itemIdentifier": "3"}]


def test_one_campaign_without_an_answer_does_not_hold_up_the_other() -> None:
    """One look-up a campaign and batch."""
    session = FakeSession((503, ""), CAMPAIGN)

    answer = save_fanlist_scores(
        saving(
            a_record(), a_record("fan:2", campaign_id="fall"), a_record("fan:3"), session=session
        )
    )

    assert answer is not None
    assert answer["dynamo"] == {"in": 3, "failed": 2, "out": 1, "rejected": 0}
    assert answer["batchItemFailures"] == [{"itemIdentifier": "1"}, {"itemIdentifier": "3"}]
    assert len(session.requests) == 2


def test_an_unknown_campaign_has_no_properties_and_its_records_are_saved() -> None:
    """Every valid record has its item."""
    dynamodb, kinesis = FakeDynamoDB(), FakeKinesis()

    save_fanlist_scores(
        saving(a_record(), session=FakeSession((404, "")), dynamodb=dynamodb, kinesis=kinesis)
    )

    item = dynamodb.item("demandTable", "fan:1", "campaign:spring")
    assert item is not None
    assert "properties" not in item
    assert "properties" not in kinesis.documents()[0]


def test_a_throttled_write_or_a_lost_message_brings_its_records_back() -> None:
    """And only those."""

    def throttle(operation: str, parameters: dict[str, Any]) -> None:
        if operation == "put_item" and parameters["Item"]["PK"]["S"] == "fan:1":
            raise client_error("ThrottlingException")

    throttled = save_fanlist_scores(
        saving(a_record("fan:1"), a_record("fan:2"), dynamodb=FakeDynamoDB(throttle))
    )
    unasked = save_fanlist_scores(saving(a_record("fan:1"), sqs=FakeSQS(is_broken=True)))

    assert throttled is not None
    assert unasked is not None
    assert throttled["dynamo"] == {"in": 2, "failed": 1, "out": 1, "rejected": 0}
    assert throttled["batchItemFailures"] == [{"itemIdentifier": "1"}]
    assert unasked["batchItemFailures"] == [{"itemIdentifier": "1"}]


def a_file(content: str, **fakes: Any) -> Invocation:
    key = "fanlists/a.csv"
    return an_invocation(
        batch=fan_list_batch(an_s3_event(key)),
        s3=FakeS3({key: content.encode()}),
        session=FakeSession(*[CAMPAIGN] * 9),
        **fakes,
    )


def test_a_fan_list_file_takes_the_same_way() -> None:
    """A market that nobody asked for does not keep a fan off the list."""
    dynamodb = FakeDynamoDB()
    rows = [HEADER, ROW, ROW.replace("fan:1,nyc", "fan:2,rom"), "broken"]

    answer = save_fanlist_scores(a_file("\n".join(rows), dynamodb=dynamodb))

    assert answer == counts((3, 1, 0, 2), (2, 0, 2, 0), (2, 0, 2))
    item = dynamodb.item("demandTable", "fan:2", "campaign:spring")
    assert item is not None
    assert "rank" not in item


def test_an_object_of_another_folder_is_left_alone_and_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The notification filters too; this holds when someone changes it."""
    batch = fan_list_batch(an_s3_event("scores/a.csv"))

    answer = save_fanlist_scores(an_invocation(batch=batch))

    assert answer == counts((0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0))
    assert caplog.messages == ["not a fan list file"]


def test_a_large_file_is_saved_in_portions() -> None:
    """500 rows at a time, and one message in all."""
    sqs = FakeSQS()
    rows = [HEADER, *(ROW.replace("fan:1", f"fan:{number}") for number in range(1001))]

    answer = save_fanlist_scores(a_file("\n".join(rows), sqs=sqs))

    assert answer == counts((1001, 0, 0, 1001), (1001, 0, 1001, 0), (1001, 0, 1001))
    assert len(sqs.sent) == 1


def test_a_file_that_failed_in_part_fails_the_event_at_the_end() -> None:
    """Lambda repeats it; what is written refuses to be written again."""
    invocation = a_file(f"{HEADER}\n{ROW}", kinesis=FakeKinesis({"fan:1"}))

    with pytest.raises(RetryableError, match=r"^1 records were not saved$"):
        save_fanlist_scores(invocation)

    assert invocation.counts == counts((1, 0, 0, 1), (1, 0, 1, 0), (1, 1, 0))


def test_the_event_decides_which_of_the_two_ways_it_is() -> None:
    """Kinesis and S3 invoke the same function."""
    assert isinstance(fan_list_batch(a_kinesis_event(a_record())), ScoreBatch)
    assert not isinstance(fan_list_batch(an_s3_event("fanlists/a.csv")), ScoreBatch)


def test_json_takes_the_types_of_dynamodb() -> None:
    """Numbers as text, truth before numbers."""
    assert typed({"a": [1, 2.5, True, None, "x"]}) == {
        "M": {"a": {"L": [{"N": "1"}, {"N": "2.5"}, {"BOOL": True}, {"NULL": True}, {"S": "x"}]}}
    }


def test_records_that_there_is_no_time_for_go_back() -> None:
    """Neither looked up nor written."""
    session = FakeSession(CAMPAIGN)
    # A look-up takes four seconds at most here, a write with its stream and message 36.
    invocation = saving(
        a_record(),
        a_record("fan:2", campaign_id="fall"),
        session=session,
        clock=Clock(43, step=1),
    )

    answer = save_fanlist_scores(invocation)

    assert answer == {
        **counts((2, 0, 0, 2), (2, 1, 1, 0), (1, 0, 1)),
        "batchItemFailures": [{"itemIdentifier": "2"}],
    }


def test_a_write_that_there_is_no_time_for_goes_back() -> None:
    """The look-up was slow."""
    answer = save_fanlist_scores(saving(a_record(), clock=Clock(43, step=5)))

    assert answer is not None
    assert answer["dynamo"] == {"in": 1, "failed": 1, "out": 0, "rejected": 0}
    assert answer["batchItemFailures"] == [{"itemIdentifier": "1"}]


PORTION_SECONDS = 60 + 4 + 3 * 12 + 12 + 12 + 3
"""An ordinary portion; then a look-up, a write with its stream and message, another message and the
hand-on, none of which is answered; and the answer."""


def a_file_of(rows: int) -> str:
    return "\n".join(
        [HEADER, *(ROW.replace("fan:1", f"fan:{number}") for number in range(1, rows + 1))]
    )


def test_a_file_that_there_is_no_time_for_is_handed_on_with_its_place() -> None:
    """What was saved is counted, the message is sent, and nothing has failed."""
    functions, sqs = FakeFunctions(), FakeSQS()
    clock = Clock(PORTION_SECONDS, step=0.1)
    invocation = a_file(a_file_of(501), functions=functions, sqs=sqs, clock=clock)

    answer = save_fanlist_scores(invocation)

    assert answer == counts((500, 0, 0, 500), (500, 0, 500, 0), (500, 0, 500))
    assert sqs.bodies() == [{"campaignId": "spring"}]
    (created,) = invocation.batch.objects
    assert created_objects(functions.events()[0]) == [replace(created, after_line=501)]


def test_a_portion_that_takes_a_minute_fails_nothing() -> None:
    """A part in which an entry failed for want of time would fail each time it comes again."""
    functions = FakeFunctions()
    clock = Clock(PORTION_SECONDS, step=60 / 502)

    answer = save_fanlist_scores(a_file(a_file_of(501), functions=functions, clock=clock))

    assert answer == counts((500, 0, 0, 500), (500, 0, 500, 0), (500, 0, 500))
    assert len(functions.invoked) == 1


def test_the_next_part_saves_what_the_first_one_did_not() -> None:
    """And nothing else."""
    dynamodb = FakeDynamoDB()
    key = "fanlists/a.csv"
    (created,) = created_objects(an_s3_event(key))
    invocation = an_invocation(
        batch=fan_list_batch(resuming_event([replace(created, after_line=3)])),
        s3=FakeS3({key: a_file_of(4).encode()}),
        session=FakeSession(CAMPAIGN),
        dynamodb=dynamodb,
    )

    answer = save_fanlist_scores(invocation)

    assert answer == counts((2, 0, 0, 2), (2, 0, 2, 0), (2, 0, 2))
    assert {partition for partition, _ in dynamodb.tables["demandTable"]} == {"fan:3", "fan:4"}


def test_a_part_in_which_a_write_failed_hands_nothing_on() -> None:
    """Lambda repeats it from its own start."""
    functions = FakeFunctions()
    invocation = a_file(
        a_file_of(501),
        functions=functions,
        kinesis=FakeKinesis({"fan:1"}),
        clock=Clock(PORTION_SECONDS, step=0.1),
    )

    problem = "1 records were not saved; time ran out before the end of a file"
    with pytest.raises(RetryableError, match=f"^{problem}$"):
        save_fanlist_scores(invocation)

    assert functions.invoked == []


@pytest.mark.parametrize("place", [0, 2])
def test_a_part_that_took_nothing_hands_nothing_on(place: int) -> None:
    """It is named in the on-failure queue, with the reason."""
    key = "fanlists/a.csv"
    functions = FakeFunctions()
    (created,) = created_objects(an_s3_event(key))
    invocation = an_invocation(
        batch=fan_list_batch(resuming_event([replace(created, after_line=place)])),
        s3=FakeS3({key: a_file_of(4).encode()}),
        functions=functions,
        clock=Clock(PORTION_SECONDS - 0.1),
    )

    with pytest.raises(RetryableError, match=r"^time ran out before the end of a file$"):
        save_fanlist_scores(invocation)

    assert functions.invoked == []


def test_time_is_kept_for_the_messages_of_all_campaigns() -> None:
    """A part that cannot send them would fail each time."""
    key = "fanlists/a.csv"
    rows = [ROW.replace("spring", f"c{number}") for number in range(501)]
    functions = FakeFunctions()
    invocation = an_invocation(
        batch=fan_list_batch(an_s3_event(key)),
        s3=FakeS3({key: "\n".join([HEADER, *rows]).encode()}),
        session=FakeSession(*[CAMPAIGN] * 501),
        functions=functions,
        # After 500 rows there are 500 messages to send: 25 seconds more.
        clock=Clock(PORTION_SECONDS + 24.9),
    )

    answer = save_fanlist_scores(invocation)

    assert answer == counts((500, 0, 0, 500), (500, 0, 500, 0), (500, 0, 500))
    assert len(functions.invoked) == 1


@pytest.mark.parametrize("broken", ["batch_get_item", "put_item"])
def test_why_an_entry_was_not_saved_is_known(broken: str) -> None:
    """As AWS names it."""

    def deny(operation: str, _parameters: dict[str, Any]) -> None:
        if operation == broken:
            raise client_error("AccessDeniedException")

    invocation = saving(a_record("sid:1"), dynamodb=FakeDynamoDB(deny))

    save_fanlist_scores(invocation)

    assert invocation.problems == ["AccessDeniedException"]


def nested(levels: int) -> Any:
    return [nested(levels - 1)] if levels else "x"


@pytest.mark.parametrize(
    "value",
    ["x" * 256 * 1024, nested(31), 1e39, 10**38, -(10**38), 1e-131, float("nan"), float("inf")],
    ids=["too large", "too deep", "1e39", "39 digits", "negative", "too small", "nan", "inf"],
)
def test_properties_that_no_item_can_hold_stop_their_own_campaign_only(value: Any) -> None:
    """One PutRecords and one batch carry entries of several campaigns."""
    odd = (200, json.dumps({"campaignId": "spring", "properties": {"odd": value}}))
    kinesis = FakeKinesis()

    answer = save_fanlist_scores(
        saving(
            a_record(),
            a_record("fan:2", campaign_id="fall"),
            session=FakeSession(odd, CAMPAIGN),
            kinesis=kinesis,
        )
    )

    assert answer is not None
    assert answer["dynamo"] == {"in": 2, "failed": 1, "out": 1, "rejected": 0}
    assert answer["batchItemFailures"] == [{"itemIdentifier": "1"}]
    assert [document["campaignId"] for document in kinesis.documents()] == ["fall"]


@pytest.mark.parametrize("value", [nested(30), 10**38 - 1, 1e-130, 1e37, 0, -0.0, [], {}])
def test_properties_that_an_item_can_hold_are_saved(value: Any) -> None:
    """Up to the very border."""
    fine = (200, json.dumps({"campaignId": "spring", "properties": {"odd": value}}))

    answer = save_fanlist_scores(saving(a_record(), session=FakeSession(fine)))

    assert answer is not None
    assert answer["dynamo"]["out"] == 1
