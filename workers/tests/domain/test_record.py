"""The stream record, written and read."""

import json

import pytest

from workers.domain.record import MalformedError, decode_record, encode_record
from workers.tests.fakes.records import a_record


def test_a_record_reads_back_as_it_was_written() -> None:
    """Nothing is lost between producer and consumer."""
    record = a_record(rank=2, is_verified=False, verdict="waitlisted")

    assert decode_record(encode_record(record)) == record


def test_absent_values_are_left_out_and_lower_ranks_are_null() -> None:
    """The shape that the description of the stream gives."""
    document = json.loads(encode_record(a_record(rank=1)))

    assert document == {
        "campaignId": "spring",
        "memberId": "fan:1",
        "rank": 1,
        "events": [None, {"eventId": "e-1", "marketId": "m-1", "score": 0.5}],
        "score": 0.5,
        "scoredAt": "2026-01-05T08:00:00.000000Z",
        "correlationId": "file-1",
    }


def test_the_instant_of_another_producer_is_brought_to_fixed_width() -> None:
    """Otherwise the order of texts would not be the order of instants."""
    data = encode_record(a_record(scored_at="2026-01-05T09:00:00+01:00"))

    assert decode_record(data).scored_at == "2026-01-05T08:00:00.000000Z"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        encode_record(a_record(scored_at="soon")),
        encode_record(a_record(score=1.5)),
        encode_record(a_record(campaign_id="no blanks")),
        encode_record(a_record(campaign_id="newline\n")),
        encode_record(a_record("")),
        encode_record(a_record("x" * 257)),
        encode_record(a_record("\N{GRINNING FACE}" * 256)),
        encode_record(a_record()).replace(b'"rank":0', b'"rank":1'),
        encode_record(a_record()).replace(b'"rank":0,', b""),
        encode_record(a_record(rank=1))
        .replace(b"[null,", b"[")
        .replace(b'"rank":1', b'"rank":0')[:-1],
        encode_record(a_record()).replace(b"[{", b"[null,{"),
        encode_record(a_record(rank=1)).replace(
            b"[null,", b'[{"eventId":"e","marketId":"m","score":1},'
        ),
        encode_record(a_record(rank=64)),
        encode_record(a_record()).replace(b'"score":0.5}', b'"score":1e-131}'),
        encode_record(a_record()).replace(b'"score":0.5,"scoredAt"', b'"score":1e-131,"scoredAt"'),
        encode_record(a_record(verdict="maybe")),
    ],
)
def test_what_is_no_record_is_malformed(data: bytes) -> None:
    """No retry would mend it."""
    with pytest.raises(MalformedError):
        decode_record(data)


def test_a_malformed_record_is_described_without_its_values() -> None:
    """Its text goes into a log."""
    with pytest.raises(MalformedError) as caught:
        decode_record(encode_record(a_record("fan:1")).replace(b'"fan:1"', b"15551234567"))

    assert "15551234567" not in str(caught.value)


def test_a_verdict_that_is_none_is_not_quoted() -> None:
    """Somebody's address may have slid into its place."""
    data = encode_record(a_record(verdict="ann.public@example.com"))

    with pytest.raises(MalformedError, match=r"^verdict breaks its rule$"):
        decode_record(data)


@pytest.mark.parametrize("score", [0.0, 1e-130, 1.0])
def test_the_smallest_and_the_greatest_score_are_read(score: float) -> None:
    """DynamoDB holds them."""
    assert decode_record(encode_record(a_record(score=score))).score == score
