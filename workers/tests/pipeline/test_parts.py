"""Files in parts."""

import pytest

from workers.events.s3 import CreatedObject
from workers.pipeline import parts
from workers.pipeline.parts import next_group, work_through

FIRST, SECOND, THIRD = (CreatedObject("b", f"scores/{name}.csv") for name in "abc")


def test_objects_are_taken_until_time_runs_out() -> None:
    """What was not begun is left as it is."""
    places = {FIRST.key: None, SECOND.key: 7}

    rest = work_through([FIRST, SECOND, THIRD], lambda created: places[created.key])

    assert rest == [CreatedObject("b", SECOND.key, after_line=7), THIRD]


def test_nothing_is_left_of_objects_that_were_taken_whole() -> None:
    """No matter how many there are."""
    assert work_through([FIRST, SECOND], lambda _created: None) == []
    assert work_through([], lambda _created: None) == []


def test_an_object_of_which_nothing_was_taken_keeps_its_place() -> None:
    """Which is none for one that was not begun."""
    begun = CreatedObject("b", "k", after_line=9)

    assert work_through([FIRST], lambda created: created.after_line) == [FIRST]
    assert work_through([begun], lambda created: created.after_line) == [begun]


def test_a_group_ends_when_it_is_full_and_reads_no_row_beyond() -> None:
    """Rows from which nothing is taken go with the group that they were read for."""
    rows = iter([(2, "a"), (3, None), (4, "b"), (5, None), (6, "c"), (7, None)])

    assert next_group(rows, 2) == (["a", "b"], 4)
    assert next_group(rows, 2) == (["c"], None)


def test_rows_that_end_with_a_full_group_end_with_an_empty_one() -> None:
    """Nobody knows before."""
    rows = iter([(2, "a"), (3, "b")])

    assert next_group(rows, 2) == (["a", "b"], 3)
    assert next_group(rows, 2) == ([], None)


def test_a_long_stretch_of_nothing_is_read_bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has to look at the clock."""
    monkeypatch.setattr(parts, "PASSED_OVER_MAX", 3)
    rows = iter([*((line, None) for line in range(2, 7)), (7, "a"), (8, None), (9, "b")])

    assert next_group(rows, 2) == ([], 4)
    assert next_group(rows, 2) == (["a"], 8)
    assert next_group(rows, 2) == (["b"], None)
