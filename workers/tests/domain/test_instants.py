"""RFC 3339 instants in fixed width."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.domain.instants import INSTANT_LENGTH, instant_text, normalised_instant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05T09:00:00Z", "2026-01-05T09:00:00.000000Z"),
        ("2026-01-05t09:00:00z", "2026-01-05T09:00:00.000000Z"),
        ("2026-01-05 09:00:00.5Z", "2026-01-05T09:00:00.500000Z"),
        ("2026-01-05T10:30:00+01:30", "2026-01-05T09:00:00.000000Z"),
        ("2026-01-05T09:00:00.123456789Z", "2026-01-05T09:00:00.123456Z"),
        ("2026-01-01T00:30:00-00:00", "2026-01-01T00:30:00.000000Z"),
        ("2026-01-05T08:59:00-00:01", "2026-01-05T09:00:00.000000Z"),
        ("2026-01-04T09:01:00-23:59", "2026-01-05T09:00:00.000000Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999999Z"),
        ("2017-01-01t01:29:60.25+01:30", "2016-12-31T23:59:59.999999Z"),
    ],
)
def test_the_same_instant_has_one_spelling(text: str, expected: str) -> None:
    """Comparing the texts then compares the instants."""
    assert normalised_instant(text) == expected
    assert len(normalised_instant(text)) == INSTANT_LENGTH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-05",
        "2026-01-05T09:00:00",
        "2026-13-05T09:00:00Z",
        "2026-02-30T09:00:00Z",
        "2026-01-05T25:00:00Z",
        "2026-01-05T09:00:60Z",
        "2016-12-30T23:59:60Z",
        "2016-12-31T23:58:60Z",
        "2016-12-31T23:59:61Z",
        "9999-12-31T23:59:60Z",
        "2026-01-05T09:00:00+01:60",
        "2026-01-05T09:00:00+24:00",
        "2026-01-05T24:00:00Z",
        "2026-01-05T09:00:00.Z",
        "2026-01-05T09:00:00,5Z",
        "20260105T090000Z",
        "2026-01-05T09:00:00+0100",
        "0001-01-01T00:00:00+10:00",
        "yesterday",
        "2026-01-05T09:00:00Z\n",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """A date without a zone, or one that no calendar has, orders nothing."""
    with pytest.raises(ValueError, match=r"instant|month|day|hour|minute|second"):
        normalised_instant(text)


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - the zone is drawn
    st.integers(-1439, 1439),
)
def test_every_writing_of_an_instant_is_the_same_text(moment: datetime, offset: int) -> None:
    """Whatever the offset it is written with."""
    zone = timezone(timedelta(minutes=offset))
    utc = moment.replace(tzinfo=UTC)

    assert normalised_instant(utc.astimezone(zone).isoformat()) == instant_text(utc)


@given(st.datetimes(), st.datetimes())
def test_texts_compare_as_instants_do(one: datetime, other: datetime) -> None:
    """That is what the fixed width is for."""
    texts = [instant_text(moment.replace(tzinfo=UTC)) for moment in (one, other)]

    assert (texts[0] < texts[1]) is (one < other)
