"""Places in files."""

from harness.results.location import Location


def test_places_sort_by_file_line_and_column_and_print_as_compilers_do() -> None:
    """Terminals make a link of it."""
    places = [Location("b", 1, 1), Location("a", 10, 2), Location("a", 9, 3)]

    assert [str(place) for place in sorted(places)] == ["a:9:3", "a:10:2", "b:1:1"]
