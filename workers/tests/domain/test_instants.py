"""RFC 3339 instants in fixed width."""

import pytest

from workers.domain.instants import INSTANT_LENGTH, normalised_instant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05T09:00:00Z", "2026-01-05T09:00:00.000000Z"),
        ("2026-01-05t09:00:00z", "2026-01-05T09:00:00.000000Z"),
        ("2026-01-05 09:00:00.5Z", "2026-01-05T09:00:00.500000Z"),
        ("2026-01-05T10:30:00+01:30", "2026-01-05T09:00:00.000000Z"),
        ("2026-01-05T09:00:00.123456789Z", "2026-01-05T09:00:00.123456Z"),
        ("2026-01-01T00:30:00-00:00", "2026-01-01T00:30:00.000000Z"),
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
        "20260105T090000Z",
        "2026-01-05T09:00:00+0100",
        "0001-01-01T00:00:00+10:00",
        "yesterday",
        "2026-01-05T09:00:00Z\n",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """A date without a zone, or one that no calendar has, orders nothing."""
    with pytest.raises(ValueError, match=r"instant|range|month|day|hour|minute|second"):
        normalised_instant(text)
