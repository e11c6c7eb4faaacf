"""Partners that keep what they have in a container: asked for by name, and real calls from a bent process."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from harness.backends.lacking import BackendError
from harness.errors import HarnessError
from harness.scenarios.loader import load
from harness.scenarios.runner import run_scenario
from harness.tests.sandbox.processstate import unchanged
from harness.world.configuration import WorldConfiguration, read_configuration
from harness.world.containers import try_containers, with_containers
from harness.world.world import World

ROOT = Path(__file__).parents[3]
SCENARIO = ROOT / "scenarios" / "save_entry_scoring" / "first_choices_by_campaign.yaml"
NAME = "entry-service"


@pytest.fixture
def configuration() -> WorldConfiguration:
    return read_configuration(ROOT / "scenarios" / "world.yaml")


@pytest.fixture
def url() -> Iterator[str]:
    """Return where a test double of a MongoDB answers, in a process of its own."""
    program = ROOT / "fixtures" / "tests" / "mongodouble.py"
    with subprocess.Popen(  # noqa: S603 - our own file
        [sys.executable, str(program), "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"mongodb://127.0.0.1:{process.stdout.readline().strip()}/?directConnection=true"
        process.kill()


def on(url: str, configuration: WorldConfiguration) -> WorldConfiguration:
    """Return *configuration* as `with_containers` would, with what answers at *url* instead."""
    partners = [
        replace(partner, options={**partner.options, "database_url": url}, is_outside=True)
        if partner.name == NAME
        else partner
        for partner in configuration.partners
    ]
    return replace(configuration, partners=tuple(partners))


def opened(configuration: WorldConfiguration, _world_file: Path, seed: int) -> Any:
    return World(configuration, seed=seed)


def test_a_scenario_ends_with_a_partner_s_container_as_without_it(
    configuration: WorldConfiguration, url: str
) -> None:
    """The same journal: real time, threads and sockets decide nothing, and the process is left as it was."""
    scenario = load(SCENARIO)
    (case,) = scenario.cases
    apart = on(url, configuration)

    with unchanged():
        runs = [
            run_scenario(scenario, case, world_factory=partial(opened, of))
            for of in (configuration, apart, apart)
        ]

    assert [run.verdict for run in runs] == ["passed"] * 3
    assert len({run.digest for run in runs}) == 1
    with MongoClient[dict[str, Any]](url) as client:
        stored = list(client["entry_service_fake"]["entries"].find({}))
    assert len(stored) > 1


def test_a_partner_s_container_is_empty_when_its_world_begins(
    configuration: WorldConfiguration, url: str
) -> None:
    """And takes what a scenario gives."""
    entry = {
        "campaignId": "c1",
        "memberId": "fan:1",
        "eventId": "e1",
        "marketId": "m1",
        "score": 0.5,
        "scoredAt": "2026-01-05T08:00:00Z",
    }
    seen = []
    for _ in range(2):
        with World(on(url, configuration)) as world:
            partner = world.partners[NAME]
            seen.append(partner.view())
            partner.load({"entries": [entry]})
            seen.append(partner.view())

    assert seen == [{"entries": []}, {"entries": [entry]}] * 2


def test_a_database_that_is_gone_is_an_error_of_the_world_file(
    configuration: WorldConfiguration,
) -> None:
    """With its place, and where nobody answers."""
    url = "mongodb://127.0.0.1:9/?directConnection=true&serverSelectionTimeoutMS=100"

    with pytest.raises(
        HarnessError,
        match=r"world\.yaml:\d+:\d+: world file: partner 'entry-service': EntryService cannot be made: "
        r"the MongoDB at 127\.0\.0\.1:9 cannot be used: ",
    ):
        World(on(url, configuration))


@pytest.mark.parametrize(
    ("asked", "name"), [("slack", "slack"), ("slack=redis:7", "slack"), ("slck", "slck")]
)
def test_a_partner_without_a_container_is_refused_with_those_that_have_one(
    asked: str, name: str, configuration: WorldConfiguration
) -> None:
    """Whether it is misspelt, or keeps what it has in memory alone."""
    with pytest.raises(HarnessError) as caught:
        with_containers(configuration, [asked])

    assert str(caught.value) == (
        f"--with {asked}: world.yaml gives no partner {name!r} a container; those that have one: "
        "entry-service"
    )


@pytest.mark.parametrize("start", [with_containers, try_containers])
def test_a_container_without_an_engine_is_refused_for_its_partner(
    start: Any, configuration: WorldConfiguration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With where the engine was looked for."""
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:9")

    with pytest.raises(
        BackendError,
        match=r"^partner 'entry-service': no Docker engine answers at tcp://127\.0\.0\.1:9: ",
    ):
        start(configuration, ["entry-service"])
