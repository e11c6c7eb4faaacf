"""Opening the world that a scenario runs in."""

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from harness.backends.localstack.settings import read_hosts
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


def most_processes(backend: str) -> int:
    """Return how many processes can use *backend*: one for each emulator or stack there is."""
    if backend == "localstack":
        return max(1, len(read_hosts()))
    return 1 if backend == "aws" else sys.maxsize


def require_backend(backend: str, *, process_count: int = 1) -> None:
    """Raise HarnessError unless worlds can be opened on *backend*: once, before anything runs.

    What one process starts for this it keeps; several processes start their own.
    """
    if backend == "memory":
        return
    if backend == "aws":
        from harness.deployed.world import require_stack  # noqa: PLC0415 - see above

        require_stack()
        return
    from harness.backends.choosing import backend_named, try_backend  # noqa: PLC0415 - see above

    if process_count > 1:
        try_backend(backend)
    else:
        backend_named(backend)
