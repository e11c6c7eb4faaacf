"""RFC 4180 rows out of a stream."""

import csv
import io
import random
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workers.events import csvrows
from workers.events.csvrows import LINE_CHARACTERS_MAX, read_rows
from workers.events.objecttext import open_text
from workers.tests.fakes.services import FakeBody


def rows_of(text: str) -> list[tuple[int, list[str] | str]]:
    return list(read_rows(io.StringIO(text, newline="\n")))


def test_rows_come_with_the_number_of_their_first_line() -> None:
    """LF and CRLF alike, empty lines left out."""
    assert rows_of("a,b\r\n\n1,2\n3,4") == [(1, ["a", "b"]), (3, ["1", "2"]), (4, ["3", "4"])]


def test_quotes_hold_commas_quotes_and_line_ends() -> None:
    """RFC 4180, 2.5 to 2.7."""
    text = 'a,"b, ""c""\r\nd"\r\n1,2\r\n'

    assert rows_of(text) == [(1, ["a", 'b, "c"\r\nd']), (3, ["1", "2"])]


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    """It must not swallow the good rows after it."""
    assert rows_of('a,"b\n1,2\n3,4\n') == [(1, "not_csv"), (2, ["1", "2"]), (3, ["3", "4"])]


def test_two_rows_with_one_stray_quote_each_do_not_become_one() -> None:
    """Their quotes are even together, and still they are not one row."""
    assert rows_of('a"x,b\n1,2\nc"y,d\n') == [(1, "not_csv"), (2, ["1", "2"]), (3, "not_csv")]


def test_text_after_a_closing_quote_breaks_the_row() -> None:
    """RFC 4180 has no such field."""
    assert rows_of('"a"b,c\n1,2\n') == [(1, "not_csv"), (2, ["1", "2"])]


def test_a_lone_carriage_return_and_a_nul_byte_break_their_row_only() -> None:
    """Neither belongs into text that a person wrote."""
    assert rows_of("a\rb,c\nd\0,e\n1,2\n") == [(1, "not_csv"), (2, "nul_byte"), (3, ["1", "2"])]


def test_an_absurdly_long_line_is_skipped_in_pieces() -> None:
    """It never is in memory as a whole."""
    text = "x" * (3 * LINE_CHARACTERS_MAX) + "\n1,2\n"

    assert rows_of(text) == [(1, "line_too_long"), (2, ["1", "2"])]


def test_a_long_quoted_row_is_given_up() -> None:
    """A row may span only so many lines."""
    rows = rows_of('"' + "\n" * 500 + '"\n1,2\n')

    assert rows[0] == (1, "not_csv")
    assert rows[-1][1] == ["1", "2"]


def test_a_quoted_row_may_be_as_long_as_a_line_and_no_longer() -> None:
    """However few lines it spans."""
    half = "x" * (LINE_CHARACTERS_MAX // 2)

    assert rows_of(f'"{half[5:]}\n","{half}"\n1,2\n')[0][1] == [f"{half[5:]}\n", half]
    assert [row for _, row in rows_of(f'"{half[4:]}\n","{half}"\n1,2\n')] == [
        "not_csv",
        "not_csv",
        ["1", "2"],
    ]


@pytest.mark.parametrize(
    ("length", "is_whole"), [(LINE_CHARACTERS_MAX, True), (LINE_CHARACTERS_MAX + 1, False)]
)
def test_a_line_has_a_longest_length(length: int, is_whole: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """With a carriage return behind it as well."""
    line = "x" * length

    for end in ("\n", "\r\n"):
        assert rows_of(f"{line}{end}1,2\n")[0] == (1, [line] if is_whole else "line_too_long")


fields = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(fields, min_size=2, max_size=4), max_size=8), st.integers(1, 7))
def test_whatever_csv_writes_is_read_back_whatever_the_pieces(
    table: list[list[str]], piece: int
) -> None:
    """Multi-byte characters and line ends fall across the borders of the pieces."""
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(table)

    text = open_text(FakeBody(written.getvalue().encode(), piece))

    assert [row for _, row in read_rows(text)] == table


@pytest.mark.parametrize("seed", range(5))
def test_no_input_stops_the_reading(seed: int) -> None:
    """Noise gives rows or reasons, never an exception, and good rows after it are found."""
    noise = random.Random(seed)
    text = (
        "".join(noise.choice('ab,"\r\n\0') for _ in range(2000)) + "\n" + "\n".join(["1,2"] * 200)
    )

    rows = [row for _, row in rows_of(text)]

    assert rows[-50:] == [["1", "2"]] * 50


MODULE = "workers.events.csvrows"


@pytest.fixture
def small() -> Iterator[None]:
    """Blocks, lines and rows that a few characters fill."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{MODULE}._BLOCK_CHARACTERS", 5)
        patch.setattr(f"{MODULE}.LINE_CHARACTERS_MAX", 12)
        patch.setattr(f"{MODULE}.ROW_LINES_MAX", 4)
        yield


pieces = st.sampled_from(
    ["a", "b,c", "\n", "\r\n", '"', '""', "\r", "\0", "x" * 11, "x" * 13, ',"d\ne"\n', "1,2\n"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(pieces, max_size=40).map("".join))
@example('h,"\nk"\n1,2\n3,4\n')
@example('"h\n1,"\n"2,3\n4,5\n6,7\n')
@example("h\n" + '1,"2\n\n3"\n' * 4)
@example("h\n" + "x" * 60 + "\n1,2\n")
@example('"h\nx\n"y\n' + "a\n" * 8 + '1,2\n3"\n4,5\n')
@example('h\n"y\n\na\na\na\n1,2\n3"\n4,5\n')
@pytest.mark.usefixtures("small")
def test_a_text_cut_behind_any_row_gives_the_rows_of_the_whole(text: str) -> None:
    """Rows, reasons and numbers; whatever is quoted, unclosed, too long or longer than a block."""
    whole = rows_of(text)

    for position, (number, _) in enumerate(whole[1:], start=2):
        rest = list(read_rows(io.StringIO(text, newline="\n"), after=number))
        assert rest == [whole[0], *whole[position:]]


def test_a_place_before_the_first_row_leaves_nothing_out() -> None:
    """A header may take several lines."""
    text = 'h,"\n\nk"\n1,2\n'

    for place in (1, 2, 3):
        assert list(read_rows(io.StringIO(text, newline="\n"), after=place)) == rows_of(text)


def test_lines_before_a_place_are_counted_and_not_taken_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Reading up to the place has to take far less time than loading did."""
    looked_at: list[int] = []

    class Watched(csvrows._Lines):  # noqa: SLF001 - what is to give few lines
        """Notes the lines that it gives."""

        def __iter__(self) -> Iterator[csvrows.Line]:
            for line in super().__iter__():
                looked_at.append(line[0])
                yield line

    monkeypatch.setattr(csvrows, "_Lines", Watched)
    text = "h\n" + '"1","2"\n' * 200_000

    rows = list(read_rows(io.StringIO(text, newline="\n"), after=100_000))

    assert [number for number, _ in rows] == [1, *range(100_001, 200_002)]
    # A block before the first row and one around the place hold lines that are not wanted.
    lines_of_a_block = 64 * 1024 // len('"1","2"\n')
    assert len(looked_at) <= 100_002 + 2 * lines_of_a_block


def test_a_place_behind_the_end_has_no_rows() -> None:
    """Only the header is there, or not even that."""
    assert list(read_rows(io.StringIO("h\n1,2\n"), after=9)) == [(1, ["h"])]
    assert list(read_rows(io.StringIO(""), after=9)) == []
