"""Opening the world that a scenario runs in."""

from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path

from harness.scenarios.worldprotocol import ScenarioWorld


def open_world(world_file: Path, seed: int) -> AbstractContextManager[ScenarioWorld]:
    """Return the world of *world_file*, opened on entering and closed on leaving."""
    # The engine is loaded when a scenario runs, so that a broken file is reported without it.
    configuration = import_module("harness.world.configuration").read_configuration(world_file)
    world: AbstractContextManager[ScenarioWorld] = import_module("harness.world.world").World(
        configuration, seed=seed
    )
    return world
