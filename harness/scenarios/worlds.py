"""Opening the world that a scenario runs in."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from harness.scenarios.worldprotocol import ScenarioWorld


def open_world(
    world_file: Path, seed: int, backend: str = "memory"
) -> AbstractContextManager[ScenarioWorld]:
    """Return the world of *world_file*, opened on entering and closed on leaving.

    *backend* names where AWS's services are carried out.
    """
    # The engine is loaded when a scenario runs, so that a broken file is reported without it.
    if backend == "aws":
        from harness.deployed.world import DeployedWorld  # noqa: PLC0415 - see above

        return DeployedWorld(world_file)
    from harness.world.configuration import read_configuration  # noqa: PLC0415 - see above
    from harness.world.world import World  # noqa: PLC0415 - see above

    world: Any = World(read_configuration(world_file), seed=seed, backend=backend)
    opened: AbstractContextManager[ScenarioWorld] = world  # it enters as itself, which is one
    return opened
