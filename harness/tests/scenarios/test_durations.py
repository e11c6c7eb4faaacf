"""Durations as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.kernel.instant import Duration
from harness.scenarios.durations import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "microseconds"),
    [("200ms", 200_000), ("30s", 30_000_000), ("1m30s", 90_000_000), ("1.5h", 5_400_000_000)],
)
def test_a_duration_is_a_number_with_a_unit_or_several(text: str, microseconds: int) -> None:
    """Nobody has to count microseconds."""
    assert parse_duration(text) == microseconds


@pytest.mark.parametrize("text", ["", "10", "s", "5 m", "-3s", "3x", "s3"])
def test_anything_else_is_no_duration(text: str) -> None:
    """A guess would be wrong half of the time."""
    assert parse_duration(text) is None


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10**12))
def test_a_duration_reads_back_as_it_was_printed(microseconds: int) -> None:
    """Reports may be copied into scenarios."""
    assert parse_duration(format_duration(Duration(microseconds))) == microseconds
