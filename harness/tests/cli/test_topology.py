"""harness topology draws every function and every source of both templates."""

from pathlib import Path
from typing import Any

import pytest

from harness.services.base.identity import Identity
from harness.tests.cli.project import Project
from harness.world.configuration import read_configuration
from harness.world.template.reader import read_topology

ROOT = Path(__file__).parents[3]
WORLDS = {
    "pipeline": ROOT / "scenarios" / "world.yaml",
    "foreign": ROOT / "harness" / "tests" / "foreign" / "world.yaml",
}


@pytest.mark.parametrize("form", ["text", "mermaid"])
@pytest.mark.parametrize("name", WORLDS)
def test_every_function_and_every_source_is_drawn(name: str, form: str, project: Project) -> None:
    """By the logical id that the template gives them."""
    configuration = read_configuration(WORLDS[name])
    topology = read_topology(
        configuration.template,
        configuration.parameters,
        identity=Identity(),
        start=configuration.start,
    )

    ended = project.run("topology", "--as", form, "--world", str(WORLDS[name]))

    assert ended.code == 0
    resources: tuple[Any, ...] = (
        *topology.functions,
        *topology.streams,
        *topology.tables,
        *topology.queues,
        *topology.buckets,
        *topology.apis,
    )
    missing = [
        resource.logical_id for resource in resources if resource.logical_id not in ended.output
    ]
    assert len(resources) >= 6
    assert missing == []


def test_without_a_world_file_it_says_how_to_name_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is none above the folder."""
    monkeypatch.setattr("harness.cli.topology.find_configuration", lambda _start: None)

    ended = project.run("topology")

    assert ended.code == 3
    assert ended.output == "there is no world.yaml here or above; name one with --world\n"
