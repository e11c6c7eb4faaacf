"""Results on a terminal, to the letter."""

import io

from rich.console import Console

from harness.reports.text import print_results, result_text
from harness.tests.reports.results import ALL, FAILED, PASSED

REPORT = """\
x.yaml:5:14: item orders {id: k1}: not as expected
  4 | then:
  5 |   - item: {has: {n: 6}}  # [bold]
    |              ^
  n: expected 6, was 5
  tags[0]: expected nothing, was a
  all that was there: {n: 5, tags: [a]}
  at 1970-01-01T00:00:10.000Z, virtual time
  what the journal says last about it:
    00:00:09.500  item        ingest -> orders k1  {change: INSERT}
  again: harness run x.yaml --seed 0"""


def printed(results: tuple[object, ...]) -> str:
    file = io.StringIO()
    print_results(Console(file=file, width=60), results)  # type: ignore[arg-type]  # results only
    return file.getvalue()


def test_a_failure_is_told_with_its_lines_its_differences_and_the_way_to_see_it_again() -> None:
    """This is what pytest and JUnit show too."""
    assert result_text(FAILED) == REPORT


def test_what_has_passed_takes_no_room_and_the_summary_tells_the_kinds_apart() -> None:
    """A reader looks at the last line first."""
    text = printed(ALL)

    assert "All is well" not in text
    assert "failed      All is <well>[often]  x.yaml  1.5 s virtual" in text
    assert "  5 |   - item: {has: {n: 6}}  # [bold]\n" in text
    assert "x.yaml:3:5: unknown table 'ordres'" in text
    assert text.endswith("1 passed, 1 failed, 1 unsupported, 1 broken\n")
    assert printed((PASSED,)) == "1 passed\n"
    assert printed(()) == "no scenarios\n"
