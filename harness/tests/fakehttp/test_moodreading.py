"""Moods as an author writes them."""

from typing import Any

import pytest

from harness.fakehttp.moodreading import mood_from
from harness.fakehttp.moods import Mood


def test_a_mood_strikes_after_skip_for_times() -> None:
    """Boundaries: the last skipped, the first, the last, and the one after."""
    mood = Mood(status=500, skip=2, times=2)
    assert [mood.strikes(seen) for seen in range(5)] == [False, False, True, True, False]


def test_a_mood_without_times_lasts_for_ever() -> None:
    """And so does one that says so."""
    assert Mood(status=500).strikes(10**9)
    assert mood_from({"status": 500, "times": "forever"}) == mood_from({"status": 500})


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        ({"stauts": 500}, "^a mood has no 'stauts'; did you mean 'status'\\?$"),
        ({"status": 999}, "^status 999 is not an HTTP status"),
        ({"status": 500, "drops": True}, "^a mood ends a call in one way only, not by status and"),
        ({"times": 2}, "^a mood needs one of slow, status, drops, times_out, garbage$"),
        ({"slow": "soon"}, "^slow 'soon' is not a duration; write it as 200ms, 30s, 5m or 1h$"),
        ({"drops": "often"}, "^drops 'often' is not known; write true, before or after$"),
        ({"slow": "1s", "body": "x"}, "need a status beside them$"),
        ({"status": 500, "times": -1}, "^-1 is not a count"),
        ({"status": 500, "path": "("}, "is not a regular expression"),
    ],
)
def test_a_mood_that_cannot_be_understood_is_named(what: dict[str, Any], problem: str) -> None:
    """Nothing is ignored."""
    with pytest.raises(ValueError, match=problem):
        mood_from(what)
