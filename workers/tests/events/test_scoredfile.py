"""The records of a scored file, read whole and in parts."""

import gzip
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.domain.refusals import Refusals
from workers.events.objecttext import open_text
from workers.events.scoredfile import PlacedRecord, scored_records
from workers.tests.fakes.records import HEADER, ROW
from workers.tests.fakes.services import FakeBody

Found = tuple[list[PlacedRecord], list[Any]]
"""Rows with their places, and the places of what was refused."""


def read(stored: bytes, after: int = 0, most: int | None = None) -> Found:
    """Return what is behind *after* in a file, up to so many rows."""
    refusals = Refusals()
    found: list[PlacedRecord] = []
    for one in scored_records(
        open_text(FakeBody(stored, 100)),
        refusals,
        after=after,
        correlation_id="file-1",
        traceparent="",
    ):
        found.append(one)
        if len(found) == most:
            break
    places = refusals.summary()["first_places"]
    assert isinstance(places, list)
    return found, places


lines = st.sampled_from(
    [
        ROW,
        ROW.replace("fan:1", '"fan:2"'),
        ROW.replace("e-nyc", '"e\nnyc"'),
        ROW + "\r",
        ROW.replace("0.5", "2"),
        ROW.replace("nyc", "rom"),
        "broken",
        'unclosed,"',
        "",
        ROW.replace("fan:1", "fan:\N{SNOWMAN}"),
    ]
)
headers = st.sampled_from([HEADER, HEADER.replace("verdict", '"verdict"'), f'{HEADER},"a\nb"'])
WAYS = ["plain", "gzip", "byte order mark", "without a line end"]


def stored_as(way: str, text: str) -> bytes:
    match way:
        case "gzip":
            return gzip.compress(text.encode())
        case "byte order mark":
            return b"\xef\xbb\xbf" + text.encode()
        case "without a line end":
            return text.rstrip("\n").encode()
    return text.encode()


@settings(max_examples=150, deadline=None)
@given(headers, st.sampled_from(WAYS), st.lists(lines, max_size=14), st.data())
def test_a_file_read_in_parts_gives_the_records_and_refusals_of_the_whole(
    header: str, way: str, rows: list[str], data: st.DataObject
) -> None:
    """Each once and with its line, wherever the parts end and however the file is stored."""
    width = "" if header.count(",") == HEADER.count(",") else ",z"
    text = "\n".join([header, *(row + width if row.startswith("spring") else row for row in rows)])
    stored = stored_as(way, f"{text}\n")
    records: list[PlacedRecord] = []
    refused: list[Any] = []

    after = 0
    while True:
        most = data.draw(st.integers(1, 3))
        part, places = read(stored, after, most)
        records += part
        refused += places
        if len(part) < most:
            break
        after, _ = part[-1]

    assert (records, refused) == read(stored)


@pytest.mark.parametrize("header", ["campaignId,memberId", 'campaignId,"memberId'])
def test_a_file_whose_header_cannot_be_used_has_no_records_behind_any_place(header: str) -> None:
    """Every row is refused for it."""
    stored = f"{header}\n{ROW}\n{ROW}\n{ROW}".encode()

    assert read(stored) == ([(2, None), (3, None), (4, None)], ["2", "3", "4"])
    assert read(stored, after=2) == ([(3, None), (4, None)], ["3", "4"])


def test_a_refused_row_has_a_place_too() -> None:
    """Reading may go on behind it."""
    rows = ["broken", ROW, ROW.replace("0.5", "2"), 'unclosed,"']

    found, refused = read("\n".join([HEADER, *rows]).encode())

    assert [(place, record is not None) for place, record in found] == [
        (2, False),
        (3, True),
        (4, False),
        (5, False),
    ]
    assert refused == ["2", "4", "5"]
