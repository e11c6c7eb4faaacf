"""Values in a panel."""

import json

from harness.walkthrough.rendering import pretty


def test_a_short_value_stays_on_one_line() -> None:
    """Lines are broken only where they must be."""
    assert pretty({"a": [1, 2], "b": None}) == '{"a": [1, 2], "b": null}'


def test_a_long_value_is_broken_from_the_outside_in() -> None:
    """What fits on a line stays on it; all of it is still the same JSON."""
    value = {"numbers": list(range(30)), "short": {"a": 1}, "words": ["x" * 30, "y" * 50]}

    text = pretty(value)

    assert json.loads(text) == value
    assert '  "short": {"a": 1},' in text.splitlines()
    assert max(map(len, text.splitlines())) <= 74
