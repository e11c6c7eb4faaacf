"""The walkthrough: what it tells is what happened."""

import io
import json
import re
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from harness.cli.exitcodes import ExitCode
from harness.cli.walkthrough import walkthrough as command
from harness.services.base.identity import Identity
from harness.tests.replay.shop import FOREIGN
from harness.walkthrough.hop import Hop
from harness.walkthrough.rendering import panel
from harness.walkthrough.telling import HOPS_MAX
from harness.walkthrough.walking import LostError, Walk, default_scenario, walk
from harness.world.configuration import read_configuration
from harness.world.template.reader import read_topology

ROOT = Path(__file__).parents[3]
ORDER = "{orderId: o-1, articles: [cup, plate]}"


@pytest.fixture(scope="module")
def way() -> Walk:
    """Return the walk that a newcomer sees."""
    return walk(default_scenario(ROOT))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a scenario of another team."""
    path = tmp_path / "shop.yaml"
    path.write_text(
        f"title: An order is kept and shipped\nworld: {FOREIGN / 'world.yaml'}\n"
        f"when:\n  - send_message: {{queue: IncomingQueue, body: {ORDER}}}\nthen: []\n"
    )
    return path


def words(hops: list[Hop]) -> str:
    """Return everything that the hops say, as one line."""
    console = Console(width=200, record=True, file=io.StringIO())
    for number, hop in enumerate(hops, start=1):
        console.print(panel(hop, number, len(hops), hops[0].instant))
    return re.sub(r"[\s│]+", " ", console.export_text())


def shown(hops: list[Hop]) -> list[object]:
    """Return the values that the hops show."""
    return [value for hop in hops for _, value in hop.shown]


def test_every_function_that_handled_the_fan_is_told_of(way: Walk) -> None:
    """The last hop names them; each has a hop of its own, with the file of its handler."""
    text = words(way.hops)
    handled = re.findall(r"(\w+)(?: \(\d+ times\))?[,.]", way.hops[-1].happened[1])

    assert len(handled) >= 6
    for name in handled:
        assert f"{name} is invoked by" in text
    files = {where.partition(" ")[0] for hop in way.hops for where in hop.where}
    assert sum("handler" in file for file in files) == len(handled)
    assert all((ROOT / file).exists() or Path(file).exists() for file in files)


def test_the_values_are_those_of_the_run(way: Walk) -> None:
    """The row, the record, the item and the stream record all have the score that was put in."""
    text = words(way.hops)

    assert way.result.verdict == "passed"
    assert way.name in text
    rows = [value for value in shown(way.hops) if isinstance(value, dict) and "score" in value]
    assert {float(value["score"]) for value in rows} == {0.91}
    assert len(rows) >= 4


def test_the_way_is_short_and_in_order(way: Walk) -> None:
    """About a dozen hops, each later than the one before."""
    instants = [hop.instant for hop in way.hops]

    assert 8 <= len(way.hops) <= HOPS_MAX
    assert instants == sorted(instants)


def test_reasons_carry_the_values_of_the_settings(way: Walk) -> None:
    """They are read from the template, so they change with it."""
    configuration = read_configuration(ROOT / "scenarios" / "world.yaml")
    topology = read_topology(configuration.template, configuration.parameters, identity=Identity())
    text = words(way.hops)

    for mapping in topology.mappings:
        assert f"{mapping.batch_size:,} at once (BatchSize)" in text
        for pattern in mapping.filters:
            assert re.sub(r"\s+", " ", pattern) in text


def test_another_member_of_the_file_has_a_way_of_their_own(way: Walk) -> None:
    """Who has no first choice is told to no one who asks for it."""
    other = walk(default_scenario(ROOT), "fan:0b")

    assert "0.42" in words(other.hops)
    assert "0.91" not in json.dumps(shown(other.hops[:3]), default=str)
    assert {hop.title for hop in other.hops} != {hop.title for hop in way.hops}


def test_a_pipeline_of_another_team_is_walked_through(shop: Path) -> None:
    """From a message; nothing knows the names."""
    way = walk(shop, "o-1")

    assert [hop.title for hop in way.hops] == [
        "AcceptOrder is invoked by AcceptOrderIncoming",
        "ShipOrder is invoked by ShipOrderAccepted",
        "At rest: what is left of o-1",
    ]
    assert {"orderId": "o-1", "articles": ["cup", "plate"]} in [
        value.get("body") for value in shown(way.hops) if isinstance(value, dict)
    ]


def test_someone_who_is_nowhere_is_not_followed(shop: Path) -> None:
    """The scenario is named, so that one sees where to look."""
    with pytest.raises(LostError, match=r"^nothing that happens in .*shop\.yaml mentions 'o-9'$"):
        walk(shop, "o-9")


def test_a_scenario_that_names_nobody_asks_whom_to_follow(shop: Path) -> None:
    """Its variable would say."""
    with pytest.raises(LostError, match="name a --fan"):
        walk(shop)


# The command

app = typer.Typer()
app.command()(command)


def test_the_command_does_not_wait_where_nobody_can_press_enter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a terminal, and with --no-pause, it prints all hops at once."""
    monkeypatch.chdir(ROOT)

    result = CliRunner().invoke(app, ["--no-pause"])

    assert result.exit_code == ExitCode.PASSED, result.output
    assert "At rest: what is left of" in result.output
    assert CliRunner().invoke(app, []).output == result.output


def test_the_command_says_when_there_is_nothing_to_walk_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder without a world."""
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(app, [])

    assert result.exit_code == ExitCode.BROKEN
    assert "there is no world.yaml here or above" in result.output
