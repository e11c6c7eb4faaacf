"""Replaying: the recorded campaign of this repository, and one of another team."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from harness.cli.exitcodes import ExitCode
from harness.cli.replay import replay as command
from harness.kernel.instant import hours, milliseconds, seconds
from harness.replay.campaign import Campaign, load
from harness.replay.measuring import summarise
from harness.replay.player import Player
from harness.replay.replaying import replay
from harness.replay.summary import Summary
from harness.tests.replay.shop import a_campaign
from harness.world.view import View
from harness.world.world import World

SPRING_TOUR = Path(__file__).parents[3] / "fixtures" / "campaigns" / "spring_tour"


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    """Return the recorded campaign."""
    return load(SPRING_TOUR)


@pytest.fixture(scope="module")
def summary(campaign: Campaign) -> Summary:
    """Return what a replay of it comes to."""
    return replay(campaign)


def in_batches(campaign: Campaign) -> tuple[World, Summary]:
    """Replay with the journal of a load replay."""
    world = World(campaign.configuration, seed=campaign.seed, per_record=False, validates=False)
    with world:
        player = Player(campaign, world)
        player.prepare()
        player.play()
    return world, summarise(campaign, player)


def test_the_recorded_campaign_holds_every_invariant(summary: Summary) -> None:
    """All of them are looked at, and nothing is left in a dead-letter queue."""
    assert summary.holds
    assert [name for name, count in summary.dead_letters.items() if count] == []
    assert not any(invariant.unseen for invariant in summary.invariants)


def test_a_day_of_recording_takes_a_day_of_virtual_time(summary: Summary) -> None:
    """The last arrival is a day after the first; then the world comes to rest."""
    assert hours(24) < summary.duration < hours(25)
    assert summary.objects == 4


def test_a_partner_that_was_down_answers_late(summary: Summary) -> None:
    """The refusals are counted, and the greatest latency shows the wait."""
    latency = next(row.latency for row in summary.partners if row.name == "slack")

    assert {row.name: row.refused for row in summary.partners if row.refused} == {
        "slack": 3,
        "campaign-service": 1,
    }
    assert latency is not None
    assert latency.p50 < seconds(60) < latency.maximum


def test_a_refusal_that_was_recorded_sends_its_batch_back(summary: Summary) -> None:
    """campaign-service refused once, after more than a second, and then knew the campaign."""
    (row,) = [row for row in summary.functions if row.name == "SaveFanlistScores"]

    assert row.batches_failed == 1
    assert all(not invariant.complaints for invariant in summary.invariants)


def test_what_no_object_began_is_timed_from_the_query(summary: Summary) -> None:
    """Resolvers are invoked by the API."""
    kinds = {row.since for row in summary.functions if row.latency is not None}

    assert kinds == {"object", "invocation"}


def test_the_same_seed_gives_the_same_summary(campaign: Campaign, summary: Summary) -> None:
    """To the digest, and whether or not anyone looks on."""

    class Onlooker:
        def see(self, world: World, arrived: int) -> None:
            world.view()
            assert arrived <= len(campaign.arrivals)

    assert replay(campaign, audience=Onlooker()) == summary


def test_a_journal_of_batches_tells_the_same_story(campaign: Campaign, summary: Summary) -> None:
    """Same items, same records, same times of the functions that streams feed."""
    _, other = in_batches(campaign)

    assert other.holds
    assert other.entries < summary.entries
    assert (other.items, other.records) == (summary.items, summary.records)
    assert {row.name: row.latency for row in other.functions if row.records > 100} == {
        row.name: row.latency for row in summary.functions if row.records > 100
    }
    for row, full in zip(other.partners, summary.partners, strict=True):
        assert (row.answered, row.since) == (full.answered, full.since)


def test_a_journal_of_batches_says_what_an_invariant_cannot_see(campaign: Campaign) -> None:
    """A log line that was not written down cannot be looked through."""
    _, other = in_batches(campaign)

    assert {name for row in other.invariants for name in row.unseen} >= {"log"}


def test_a_campaign_of_another_template_is_replayed(tmp_path: Path) -> None:
    """Nothing in the replay knows a worker."""
    summary = replay(load(a_campaign(tmp_path)))

    assert summary.duration >= hours(2)
    assert summary.items == {"orders-dev": 2}
    assert {row.name: row.records for row in summary.functions} == {
        "AcceptOrder": 2,
        "ShipOrder": 2,
    }


def test_what_arrives_during_a_query_is_not_late(tmp_path: Path) -> None:
    """Neither what comes at the same instant, nor what comes before the answer."""
    order = "{Records: []}"
    arrivals = (
        f"  - {{at: 0s, invoke: {{function: AcceptOrder, event: {order}, as: first}}}}\n"
        f"  - {{at: 100ms, invoke: {{function: AcceptOrder, event: {order}, as: second}}}}\n"
        "  - at: 200ms\n"
        "    send_message: {queue: IncomingQueue, body: {orderId: o-1, articles: [cup]}}\n"
    )
    campaign = load(a_campaign(tmp_path, arrivals))
    world = World(campaign.configuration)
    with world:
        player = Player(campaign, world)
        player.prepare()
        player.play()
    steps = list(world.journal.of_kind("step"))
    answered = [
        entry.instant
        for entry in world.journal.of_kind("returned")
        if entry.subject == "AcceptOrder"
    ]

    assert [entry.instant - player.run.started for entry in steps] == [
        0, milliseconds(100), milliseconds(200),
    ]  # fmt: skip
    assert answered[0] > steps[-1].instant
    assert {name: kept["outcome"] for name, kept in player.run.captures.items()} == {
        "first": "returned",
        "second": "returned",
    }


def test_a_query_is_answered_when_the_world_has_come_that_far(campaign: Campaign) -> None:
    """Whoever asks beside it does not drive it."""
    world = World(campaign.configuration, seed=campaign.seed)
    with world:
        player = Player(campaign, world)
        player.prepare()
        answers: list[dict[str, Any]] = []
        query = '{ proxyCampaignService(eventId: "e") { name } }'
        world.beside(lambda: answers.append(world.query(query)))
        assert answers == []
        world.settle()
    assert set(answers[0]) >= {"data"}


# The command

app = typer.Typer()
app.command()(command)


def test_the_command_writes_its_result_as_json_too(tmp_path: Path) -> None:
    """What depends on the machine stands apart."""
    target = tmp_path / "result.json"

    result = CliRunner().invoke(app, [str(SPRING_TOUR), "--json", str(target)])

    assert result.exit_code == ExitCode.PASSED, result.output
    document = json.loads(target.read_text())
    assert document["holds"] is True
    assert document["digest"] in result.output
    assert set(document["measured"]) == {"wall time", "rows/s", "peak memory"}


def test_a_broken_invariant_fails_the_command(tmp_path: Path) -> None:
    """And says which, with its complaint."""
    world = tmp_path / "world.yaml"
    folder = a_campaign(tmp_path)
    manifest = folder / "campaign.yaml"
    foreign = manifest.read_text().split("world: ")[1].partition("\n")[0]
    template = Path(foreign).parent / "template.yaml"
    world.write_text(
        f"template: {template}\nparameters: {{ApiToken: not-a-real-token}}\n"
        f"invariants: ['{__name__}:nothing_is_good']\n"
    )
    manifest.write_text(manifest.read_text().replace(foreign, str(world)))

    result = CliRunner().invoke(app, [str(folder)])

    assert result.exit_code == ExitCode.FAILED
    assert "2 orders are there" in result.output


def nothing_is_good(view: View) -> list[str]:
    """Complain about what is there."""
    return [f"{sum(len(list(items)) for items in view.tables.values())} orders are there"]


def test_a_manifest_that_cannot_be_read_is_told_apart(tmp_path: Path) -> None:
    """Its exit code is that of a broken scenario."""
    result = CliRunner().invoke(app, [str(a_campaign(tmp_path, "  - {at: 1s}\n"))])

    assert result.exit_code == ExitCode.BROKEN
