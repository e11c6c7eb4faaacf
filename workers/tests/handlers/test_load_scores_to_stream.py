"""loadScoresToStream."""

import gzip
import json
from typing import Any

import pytest
from msgspec.structs import replace

from workers.clients.putrecords import BATCH_BYTES_MAX, BATCH_RECORDS_MAX
from workers.domain.record import RANK_MAX, ScoreRecord, Slot, encode_record
from workers.domain.rows import NAME_CHARACTERS_MAX
from workers.errors import RetryableError
from workers.events.s3 import created_objects, object_batch, resuming_event
from workers.handlers.load_scores_to_stream.rules import is_scored_file, seconds_ahead
from workers.handlers.load_scores_to_stream.worker import load_scores_to_stream
from workers.pipeline.invocation import Invocation
from workers.tests.fakes.records import HEADER, ROW, SCORED_AT, an_s3_event
from workers.tests.fakes.services import (
    FUNCTION_ARN,
    Clock,
    FakeFunctions,
    FakeKinesis,
    FakeS3,
    FakeSQS,
    an_invocation,
    some_settings,
)


def loading(content: str | bytes, *, key: str = "scores/a.csv", **aws: Any) -> Invocation:
    data = content if isinstance(content, bytes) else content.encode()
    return an_invocation(
        batch=object_batch(an_s3_event(key)), s3=aws.pop("s3", FakeS3({key: data})), **aws
    )


def test_a_file_becomes_records_and_a_message() -> None:
    """The partition key is the member."""
    kinesis, sqs = FakeKinesis(), FakeSQS()

    answer = load_scores_to_stream(loading(f"{HEADER}\n{ROW}\n", kinesis=kinesis, sqs=sqs))

    assert answer == {"count": {"in": 1, "out": 1, "valid": 1, "invalid": 0, "failed": 0}}
    assert kinesis.taken[0]["PartitionKey"] == "fan:1"
    assert kinesis.documents()[0]["events"] == [
        {"eventId": "e-nyc", "marketId": "nyc", "score": 0.5}
    ]
    assert sqs.bodies() == [{"campaignId": "spring"}]


def test_rows_beyond_the_last_rank_are_valid_but_do_not_go_out() -> None:
    """The same holds for a market that nobody asked for."""
    rows = [
        ROW.replace("spring,fan:1,nyc", f"spring,fan:1,{market}")
        for market in ("bos", "sfo", "rom")
    ]

    answer = load_scores_to_stream(loading("\n".join([HEADER, *rows])))

    assert answer == {"count": {"in": 3, "out": 1, "valid": 3, "invalid": 0, "failed": 0}}


def test_broken_rows_are_counted_and_the_good_ones_load() -> None:
    """Whatever is wrong with them."""
    rows = [
        ROW,
        "not a row",
        ROW.replace("0.5", "2"),
        '"',
        ROW + "\0",
        ROW.replace("fan:1", "fan:2"),
    ]

    answer = load_scores_to_stream(loading("\n".join([HEADER, *rows])))

    assert answer == {"count": {"in": 6, "out": 2, "valid": 2, "invalid": 4, "failed": 0}}


@pytest.mark.parametrize(
    ("content", "invalid"),
    [("", 0), (HEADER, 0), (f"{HEADER}\r\n", 0), (f"{HEADER[10:]}\n{ROW}\n{ROW}", 2)],
    ids=["empty", "header only", "header line only", "missing column"],
)
def test_a_file_without_good_rows_is_no_failure(content: str, invalid: int) -> None:
    """There is nothing that a second attempt would bring."""
    answer = load_scores_to_stream(loading(content))

    count = {"in": invalid, "out": 0, "valid": 0, "invalid": invalid, "failed": 0}
    assert answer == {"count": count}


def test_records_that_the_stream_refused_fail_the_event_after_all_others_went_out() -> None:
    """The message is sent, the counts are kept, and Lambda repeats the event."""
    kinesis, sqs = FakeKinesis(refused={"fan:1"}), FakeSQS()
    rows = [ROW, ROW.replace("fan:1", "fan:2")]
    invocation = loading("\n".join([HEADER, *rows]), kinesis=kinesis, sqs=sqs)

    with pytest.raises(RetryableError, match=r"^1 records were not taken by the stream$"):
        load_scores_to_stream(invocation)

    assert invocation.counts == {
        "count": {"in": 2, "out": 1, "valid": 2, "invalid": 0, "failed": 1}
    }
    assert len(sqs.sent) == 1


def test_a_cut_compression_loads_what_can_be_read_and_fails_the_event() -> None:
    """So that it ends in the on-failure queue and not in oblivion."""
    lines = [HEADER, *(ROW.replace("fan:1", f"fan:{number}") for number in range(20_000))]
    invocation = loading(gzip.compress("\n".join(lines).encode())[:-2000])

    with pytest.raises(RetryableError, match=r"^the compression is damaged: EOFError$"):
        load_scores_to_stream(invocation)

    assert invocation.counts["count"]["out"] > 1000


def test_a_repeated_event_gives_the_same_records() -> None:
    """Lambda repeats asynchronous events; correlation ids are made from the object."""
    first, second = FakeKinesis(), FakeKinesis()
    for kinesis in (first, second):
        load_scores_to_stream(loading(f"{HEADER}\n{ROW}\n", kinesis=kinesis))

    assert first.taken == second.taken
    assert json.loads(first.taken[0]["Data"])["correlationId"]


def test_a_missing_object_fails_the_event() -> None:
    """It may only be late."""
    with pytest.raises(RetryableError, match=r"^the object cannot be opened: NoSuchKey$"):
        load_scores_to_stream(loading("", s3=FakeS3({})))


def test_an_object_that_was_replaced_is_left_to_its_successor() -> None:
    """Without versions the entity tag guards; with them the very version is asked for."""
    s3 = FakeS3({"scores/a.csv": b""})
    unversioned = an_invocation(batch=object_batch(an_s3_event("scores/a.csv", eTag="old")), s3=s3)
    versioned = an_invocation(
        batch=object_batch(an_s3_event("scores/a.csv", versionId="v1")), s3=s3
    )

    assert load_scores_to_stream(unversioned) == load_scores_to_stream(versioned)
    assert s3.asked[1] == {"Bucket": "vf-scoring", "Key": "scores/a.csv", "VersionId": "v1"}


def test_a_message_that_was_not_taken_fails_the_event() -> None:
    """The reporter would not hear of the campaign otherwise."""
    with pytest.raises(RetryableError, match=r"^a message was not taken by the queue$"):
        load_scores_to_stream(loading(f"{HEADER}\n{ROW}", sqs=FakeSQS(is_broken=True)))


def test_keys_are_decoded_as_forms_are() -> None:
    """A blank is a plus sign."""
    (created,) = created_objects(an_s3_event("scores/a+b%2Bc%C3%BC.csv"))

    assert created.key == "scores/a b+c\N{LATIN SMALL LETTER U WITH DIAERESIS}.csv"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("scores/a.csv", True),
        ("scores/2026/a.csv.gz", True),
        ("fanlists/a.csv", False),
        ("scores/a.txt", False),
        ("scores/.csv", False),
        ("other/scores/a.csv", False),
    ],
)
def test_only_scored_files_are_read(key: str, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The notification filters too; this holds when someone changes it."""
    assert is_scored_file(key) is expected


def test_an_object_of_another_folder_is_left_alone_and_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nobody else would hear of it."""
    answer = load_scores_to_stream(loading(f"{HEADER}\n{ROW}", key="fanlists/a.csv"))

    assert answer == {"count": {"in": 0, "out": 0, "valid": 0, "invalid": 0, "failed": 0}}
    assert caplog.messages == ["not a scored file"]


def test_a_pace_is_kept() -> None:
    """1,000 records at 500 a second take two seconds; without a pace they take none."""
    assert seconds_ahead(1000, 0.5, 500) == 1.5
    assert seconds_ahead(1000, 3.0, 500) == 0.0
    assert seconds_ahead(1000, 0.5, 0) == 0.0


def a_file_of(rows: int) -> str:
    return "\n".join(
        [HEADER, *(ROW.replace("fan:1", f"fan:{number}") for number in range(1, rows + 1))]
    )


def test_batches_wait_for_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each but the first; nobody waits behind the last, and reading counts."""
    pauses: list[float] = []
    module = "workers.handlers.load_scores_to_stream.store.time"
    monkeypatch.setattr(f"{module}.sleep", pauses.append)
    # A quarter of a second goes by between the looks at the clock.
    instants = iter(number / 4 + sum(pauses) for number in range(99))
    monkeypatch.setattr(f"{module}.monotonic", lambda: next(instants))

    load_scores_to_stream(
        loading(a_file_of(1200), settings=some_settings(PUT_RECORDS_PER_SECOND="250"))
    )

    assert pauses == [1.0, 1.5]


def test_without_a_pace_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for no time."""
    pauses: list[float] = []
    monkeypatch.setattr("workers.handlers.load_scores_to_stream.store.time.sleep", pauses.append)

    load_scores_to_stream(loading(a_file_of(1200)))

    assert pauses == []


# A batch, a message and handing on take twelve seconds at most each, the answer takes three; another
# message takes a twentieth of a second.  Each look at the clock takes a second.


def test_a_file_that_there_is_no_time_for_is_handed_on_with_its_place() -> None:
    """What was loaded is counted, the message is sent, and nothing has failed."""
    kinesis, sqs, functions = FakeKinesis(), FakeSQS(), FakeFunctions()
    invocation = loading(
        a_file_of(1001), kinesis=kinesis, sqs=sqs, functions=functions, clock=Clock(40.1, step=1)
    )

    answer = load_scores_to_stream(invocation)

    assert answer == {"count": {"in": 1000, "out": 1000, "valid": 1000, "invalid": 0, "failed": 0}}
    assert sqs.bodies() == [{"campaignId": "spring"}]
    (invoked,) = functions.invoked
    assert invoked["FunctionName"] == FUNCTION_ARN
    assert invoked["InvocationType"] == "Event"
    (created,) = invocation.batch.objects
    assert created_objects(functions.events()[0]) == [replace(created, after_line=1001)]
    assert invocation.problems == []


@pytest.mark.parametrize("is_packed", [False, True])
def test_the_parts_of_a_file_add_up_to_the_whole(is_packed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The same records in the same order, each once, and every row counted once."""
    lines = a_file_of(1700).split("\n")
    for number in range(3, 1700, 5):
        lines[number] = "broken"
    for number in range(4, 1700, 7):
        lines[number] = ROW.replace("spring,fan:1,nyc", f'spring,"fan:\n{number}",rom')
    content = "\n".join(lines).encode()
    s3 = FakeS3({"scores/a.csv": gzip.compress(content) if is_packed else content})
    whole, parts = FakeKinesis(), FakeKinesis()
    expected = load_scores_to_stream(loading("", s3=s3, kinesis=whole))
    assert expected is not None

    event: dict[str, Any] | None = an_s3_event("scores/a.csv")
    answers = []
    while event is not None:
        functions = FakeFunctions()
        invocation = an_invocation(
            batch=object_batch(event),
            s3=s3,
            kinesis=parts,
            functions=functions,
            clock=Clock(39, step=1),
        )
        answers.append(load_scores_to_stream(invocation) or {})
        event = next(iter(functions.events()), None)

    assert len(answers) > 2
    assert parts.taken == whole.taken
    sums = {name: sum(answer["count"][name] for answer in answers) for name in expected["count"]}
    assert sums == expected["count"]


def test_a_pause_that_there_is_no_time_for_is_not_begun() -> None:
    """Lambda would stop the function while it sleeps."""
    functions = FakeFunctions()
    invocation = loading(
        a_file_of(501),
        settings=some_settings(PUT_RECORDS_PER_SECOND="1"),
        functions=functions,
        clock=Clock(500),
    )

    assert load_scores_to_stream(invocation) is not None
    assert [one.after_line for one in created_objects(functions.events()[0])] == [501]


def test_objects_that_were_not_begun_are_handed_on_too() -> None:
    """The one that was done is not."""
    keys = ["scores/a.csv", "scores/b.csv", "scores/c.csv"]
    functions = FakeFunctions()
    invocation = an_invocation(
        batch=object_batch(an_s3_event(*keys)),
        s3=FakeS3({key: a_file_of(501).encode() for key in keys}),
        functions=functions,
        # Two batches of the first file, one of the second.
        clock=Clock(41.1, step=1),
    )

    assert load_scores_to_stream(invocation) is not None

    rest = created_objects(functions.events()[0])
    assert [(created.key, created.after_line) for created in rest] == [
        (keys[1], 501),
        (keys[2], 0),
    ]


def test_a_part_that_took_nothing_hands_nothing_on() -> None:
    """The next one would do no better, and so without end."""
    functions = FakeFunctions()
    invocation = loading(a_file_of(1), functions=functions, clock=Clock(38.9))

    with pytest.raises(RetryableError, match=r"^time ran out before the end of a file$"):
        load_scores_to_stream(invocation)

    assert functions.invoked == []
    assert invocation.counts["count"]["in"] == 0


def test_a_part_that_took_nothing_behind_its_place_hands_nothing_on() -> None:
    """The place has not moved."""
    functions = FakeFunctions()
    event = resuming_event(
        [
            replace(created, after_line=3)
            for created in created_objects(an_s3_event("scores/a.csv"))
        ]
    )
    invocation = an_invocation(
        batch=object_batch(event),
        s3=FakeS3({"scores/a.csv": a_file_of(9).encode()}),
        functions=functions,
        clock=Clock(38.9),
    )

    with pytest.raises(RetryableError, match=r"^time ran out before the end of a file$"):
        load_scores_to_stream(invocation)

    assert functions.invoked == []


def test_a_part_in_which_a_record_failed_hands_nothing_on() -> None:
    """Lambda repeats it from its own start, and only then it goes on."""
    functions = FakeFunctions()
    invocation = loading(
        a_file_of(1001),
        kinesis=FakeKinesis(refused={"fan:7"}),
        functions=functions,
        clock=Clock(40.1, step=1),
    )

    problem = "1 records were not taken by the stream; time ran out before the end of a file"
    with pytest.raises(RetryableError, match=f"^{problem}$"):
        load_scores_to_stream(invocation)

    assert functions.invoked == []
    assert invocation.counts["count"]["failed"] == 1


@pytest.mark.parametrize(
    ("functions", "clock", "problem"),
    [
        (
            FakeFunctions(is_broken=True),
            Clock(40.1, step=1),
            "Lambda did not confirm the event: TooManyRequestsException",
        ),
        (FakeFunctions(), Clock(39.1, step=10), "there was no time left to hand on"),
    ],
    ids=["refused", "too late"],
)
def test_a_hand_on_that_fails_fails_the_event(
    functions: FakeFunctions, clock: Clock, problem: str
) -> None:
    """Otherwise the rest of the file would be forgotten."""
    invocation = loading(a_file_of(1001), functions=functions, clock=clock)

    with pytest.raises(RetryableError, match=f"^{problem}$"):
        load_scores_to_stream(invocation)

    assert functions.invoked == []


@pytest.mark.parametrize(
    ("row", "valid"),
    [("broken", 0), (ROW.replace("fan:1,nyc", "fan:1,rom"), 10_000)],
    ids=["refused", "beyond the last rank"],
)
def test_rows_that_do_not_go_out_take_time_too(row: str, valid: int) -> None:
    """Millions of them may follow each other, and the part ends among them."""
    functions = FakeFunctions()
    content = "\n".join([HEADER, *[row] * 10_009])
    invocation = loading(content, functions=functions, clock=Clock(39.1, step=1))

    answer = load_scores_to_stream(invocation)

    count = {"in": 10_000, "out": 0, "valid": valid, "invalid": 10_000 - valid, "failed": 0}
    assert answer == {"count": count}
    assert [one.after_line for one in created_objects(functions.events()[0])] == [10_001]


def test_time_is_kept_for_the_messages_of_all_campaigns() -> None:
    """A part that cannot send them would fail each time."""
    rows = [ROW.replace("spring", f"c{number}") for number in range(1001)]
    functions = FakeFunctions()
    # After 500 rows there are 500 messages to send: 25 seconds more.
    invocation = loading("\n".join([HEADER, *rows]), functions=functions, clock=Clock(63.9))

    assert load_scores_to_stream(invocation) == {
        "count": {"in": 500, "out": 500, "valid": 500, "invalid": 0, "failed": 0}
    }
    assert len(functions.invoked) == 1


def test_the_longest_records_there_can_be_fit_into_one_batch() -> None:
    """Else a group would be put in several calls, for which no time was kept."""
    wide = "\N{SNOWMAN}" * NAME_CHARACTERS_MAX
    control = "\x01" * NAME_CHARACTERS_MAX
    longest = max(
        (
            ScoreRecord(
                "c" * 64,
                member,
                [*[None] * RANK_MAX, Slot(name, name, 0.1234567890123456789)],
                0.1234567890123456789,
                SCORED_AT,
                RANK_MAX,
                None,
                "waitlisted",
                "i" * 36,
                "t" * 55,
            )
            for name in (wide, control)
            for member in ("\N{SNOWMAN}" * 256, "\x01" * 256)
        ),
        key=lambda record: len(encode_record(record)),
    )
    size = len(encode_record(longest)) + len(longest.member_id.encode())

    assert BATCH_RECORDS_MAX * size <= BATCH_BYTES_MAX
