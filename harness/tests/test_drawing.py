"""The examples of a property are the same in each run, wherever it runs."""

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def test_what_is_drawn_does_not_depend_on_the_modules_that_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hypothesis likes the constants that it finds in them."""
    constants = ", ".join(str(number * 1_000_003) for number in range(1, 900))
    (tmp_path / "remarkable.py").write_text(f"NUMBERS = [{constants}]\n")
    before = _drawn()
    monkeypatch.syspath_prepend(str(tmp_path))
    import_module("remarkable")

    assert _drawn() == before


def _drawn() -> list[int]:
    numbers: list[int] = []

    @settings(max_examples=400, derandomize=True, database=None)
    @given(st.integers())
    def draw(number: int) -> None:
        numbers.append(number)

    draw()
    return numbers
