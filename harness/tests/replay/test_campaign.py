"""Reading a campaign: the manifest speaks the scenario language and errs as precisely."""

import gzip
from hashlib import md5
from pathlib import Path

import pytest

from harness.errors import ScenarioError
from harness.kernel.instant import hours
from harness.replay.campaign import load
from harness.replay.content import Content
from harness.tests.replay.shop import a_campaign, a_world_with_generator

ROWS = b'id,note\n1,"two\nlines, ""quoted"""\n2,plain\n'


def made(*, count: int) -> list[dict[str, int]]:
    return [{"id": number} for number in range(count)]


def the_only_content(folder: Path) -> Content:
    (arrival,) = load(folder).arrivals
    assert arrival.content is not None
    return arrival.content


def put(key: str, source: str) -> str:
    return f"  - at: 0s\n    put_object: {{bucket: LabelsBucket, key: {key}, {source}}}\n"


def test_arrivals_are_steps_at_instants(tmp_path: Path) -> None:
    """The folder or its manifest may be named."""
    campaign = load(a_campaign(tmp_path))

    assert [(each.at, each.choice.name) for each in campaign.arrivals] == [
        (0, "send_message"),
        (hours(2), "send_message"),
    ]
    assert load(tmp_path / "campaign.yaml").title == "Two orders"


@pytest.mark.parametrize(
    ("arrivals", "problem"),
    [
        ("  - mood: {partner: chat}\n", ":4:5: when does it arrive? 'mood' needs an 'at'"),
        (
            "  - {at: 2s, clear_faults: {}}\n  - {at: 1s, clear_faults: {}}\n",
            ":5:14: it arrives before the one above; write them in order",
        ),
        (
            "  - {at: 1s, put_objet: {}}\n",
            ":4:14: unknown arrival 'put_objet'; did you mean 'put_object'?",
        ),
        ("  - {at: 1s, advance: 1h}\n", ":4:14: unknown arrival 'advance'"),
        (
            "  - {at: 1, clear_faults: {}}\n",
            ":4:10: a duration needs a unit: 1s, 1ms ...",
        ),
        ("  - {at: 1s, query: '${who}'}\n", ":4:21: unknown variable 'who'"),
        ("  - ${who}\n", ":4:5: unknown variable 'who'"),
    ],
)
def test_a_wrong_arrival_is_shown_where_it_stands(
    tmp_path: Path, arrivals: str, problem: str
) -> None:
    """File, line and column, as for a scenario."""
    with pytest.raises(ScenarioError) as caught:
        load(a_campaign(tmp_path, arrivals))

    assert problem in str(caught.value)
    assert "campaign.yaml" in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Before anything runs."""
    with pytest.raises(ScenarioError, match=r":5:58: there is no file 'a\.csv' beside"):
        load(a_campaign(tmp_path, put("a.csv", "file: a.csv")))


def test_a_file_is_measured_and_never_kept(tmp_path: Path) -> None:
    """Its size, ETag and rows are known beforehand; a line end in quotes is no row's end."""
    (tmp_path / "a.csv").write_bytes(ROWS)

    content = the_only_content(a_campaign(tmp_path, put("a.csv", "file: a.csv")))

    assert (content.size, content.rows) == (len(ROWS), 2)
    assert content.etag == md5(ROWS, usedforsecurity=False).hexdigest()
    assert b"".join(content.factory()) == b"".join(content.factory()) == ROWS


def test_rows_of_a_compressed_file_are_counted_too(tmp_path: Path) -> None:
    """And those of one that the manifest has compressed."""
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(ROWS))
    assert the_only_content(a_campaign(tmp_path, put("a.csv.gz", "file: a.csv.gz"))).rows == 2

    (tmp_path / "a.csv").write_bytes(ROWS)
    content = the_only_content(a_campaign(tmp_path, put("a.csv.gz", "file: a.csv, gzip: true")))
    assert content.rows == 2
    assert gzip.decompress(b"".join(content.factory())) == ROWS


def test_what_is_no_gzip_is_refused(tmp_path: Path) -> None:
    """The key says that it is."""
    (tmp_path / "a.csv").write_bytes(ROWS)

    with pytest.raises(ScenarioError, match=r"'a\.csv\.gz' does not hold gzip"):
        load(a_campaign(tmp_path, put("a.csv.gz", "file: a.csv")))


def test_generated_content_is_made_anew_for_every_reader(tmp_path: Path) -> None:
    """Rows become CSV."""
    a_world_with_generator(tmp_path, f"{__name__}:made")
    more = "given: {generated: {numbers: {generator: made, count: 3}}}\n"
    arrivals = put("a.csv", "generated: numbers")
    folder = a_campaign(tmp_path, arrivals, more)
    manifest = folder / "campaign.yaml"
    lines = manifest.read_text().splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if not line.startswith("world:")))

    content = the_only_content(folder)

    assert content.rows == 3
    assert b"".join(content.factory()) == b"".join(content.factory()) == b"id\n0\n1\n2\n"


def test_generated_content_that_nobody_generates_is_named(tmp_path: Path) -> None:
    """With what there is instead."""
    with pytest.raises(ScenarioError, match="unknown generated content 'numbers'"):
        load(a_campaign(tmp_path, put("a.csv", "generated: numbers")))
