"""From a row to a record."""

import pytest

from workers.domain.record import NO_RANK, ScoreRecord
from workers.domain.rows import HeaderError, RowError, RowReader
from workers.tests.fakes.records import HEADER, ROW


def a_reader(header: str = HEADER) -> RowReader:
    return RowReader(header.split(","), correlation_id="file-1")


def record_with(**columns: str) -> ScoreRecord:
    row = {**dict(zip(HEADER.split(","), ROW.split(","), strict=True)), **columns}
    return a_reader().record(list(row.values()))


def test_a_good_row_becomes_a_record() -> None:
    """Every column finds its place."""
    record = record_with()

    assert (record.campaign_id, record.member_id, record.rank) == ("spring", "fan:1", 0)
    assert (record.is_verified, record.verdict, record.score) == (True, "selected", 0.5)
    assert record.correlation_id == "file-1"


@pytest.mark.parametrize(
    ("market", "rank"), [("nyc", 0), ("lax", 1), ("sfo", 3), ("rom", NO_RANK)]
)
def test_the_rank_is_the_place_among_the_preferences(market: str, rank: int) -> None:
    """A market that nobody asked for has none, and the row is still valid."""
    record = record_with(marketId=market)

    assert record.rank == rank
    assert len(record.events) == (0 if rank == NO_RANK else rank + 1)


def test_columns_may_come_in_any_order_with_unknown_ones_between() -> None:
    """The header decides."""
    header = "extra,scoredAt,score,preferences,eventId,marketId,memberId,campaignId"
    row = ["?", "2026-01-05T08:00:00Z", "1", "nyc", "e", "nyc", "any thing", "spring"]

    record = a_reader(header).record(row)

    assert (record.member_id, record.score) == ("any thing", 1.0)
    assert (record.is_verified, record.verdict) == (None, None)


@pytest.mark.parametrize(("text", "flag"), [("TRUE", True), ("False", False), ("", None)])
def test_verification_is_read_in_any_case(text: str, flag: bool | None) -> None:  # noqa: FBT001 - a parameter of the test
    """Empty means: not known yet."""
    assert record_with(isVerified=text).is_verified is flag


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("campaignId", ""),
        ("campaignId", "a b"),
        ("campaignId", "x" * 65),
        ("memberId", ""),
        ("memberId", "x" * 257),
        ("memberId", "\N{GRINNING FACE}" * 255),
        ("marketId", ""),
        ("eventId", "e" * 129),
        ("preferences", ""),
        ("preferences", "nyc||lax"),
        ("score", ""),
        ("score", "1.01"),
        ("score", "-0"),
        ("score", "nan"),
        ("score", "1e-3"),
        ("score", "1e-400"),
        ("score", "+0.5"),
        ("score", "inf"),
        ("score", "0x1"),
        ("score", "."),
        ("score", "10"),
        ("score", "1." + "0" * 40 + "1"),
        ("score", " 0.5"),
        ("score", "0_0.5"),
        ("score", "\N{ARABIC-INDIC DIGIT ZERO}.5"),
        ("score", "0." + "0" * 130 + "1"),
        ("isVerified", "yes"),
        ("verdict", "Selected"),
        ("scoredAt", "yesterday"),
    ],
)
def test_a_broken_rule_is_named_by_its_column(column: str, value: str) -> None:
    """The reason is the column, never the value."""
    with pytest.raises(RowError) as caught:
        record_with(**{column: value})

    assert str(caught.value) == column


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("0", 0.0),
        ("00", 0.0),
        ("0.", 0.0),
        (".25", 0.25),
        ("00.25", 0.25),
        ("01", 1.0),
        ("1.", 1.0),
        ("1." + "0" * 500, 1.0),
        ("0." + "3" * 500, 1 / 3),
        ("0." + "0" * 129 + "1", 1e-130),
    ],
)
def test_a_decimal_number_from_0_to_1_is_a_score(text: str, score: float) -> None:
    """With as many digits as its writer liked."""
    assert record_with(score=text).score == pytest.approx(score, rel=1e-15, abs=0)


@pytest.mark.parametrize("column", ["memberId", "marketId", "eventId", "preferences"])
def test_bytes_that_were_not_utf8_break_a_row(column: str) -> None:
    """They arrive as lone surrogates."""
    with pytest.raises(RowError, match=r"^not_utf8$"):
        record_with(**{column: "nyc|\udcff"})


def test_a_row_of_another_width_is_refused() -> None:
    """Nobody knows whose columns they are."""
    with pytest.raises(RowError, match=r"^wrong_number_of_fields$"):
        a_reader().record(ROW.split(",")[:-1])


def test_a_header_without_a_needed_column_is_refused() -> None:
    """The reason names the column."""
    with pytest.raises(HeaderError, match=r"^missing_column_scoredAt$"):
        a_reader(HEADER.replace("scoredAt", "scored"))


def test_a_header_that_names_a_column_twice_is_refused() -> None:
    """Nobody knows which of the two counts."""
    with pytest.raises(HeaderError, match=r"^column_given_twice$"):
        a_reader(f"{HEADER},score")
