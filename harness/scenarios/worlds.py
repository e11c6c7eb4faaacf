"""Opening the world that a scenario runs in."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from harness.backends.localstack.settings import read_hosts
from harness.scenarios.worldprotocol import ScenarioWorld


def open_world(
    world_file: Path, seed: int, backend: str = "memory", containers: Sequence[str] = ()
) -> AbstractContextManager[ScenarioWorld]:
    """Return the world of *world_file*, opened on entering and closed on leaving.

    *backend* names where AWS's services are carried out, *containers* the partners that keep what
    they have in a container, each by its name or as ``NAME=IMAGE``.
    """
    # The engine is loaded when a scenario runs, so that a broken file is reported without it.
    if backend == "aws":
        from harness.deployed.world import DeployedWorld  # noqa: PLC0415 - see above

        return DeployedWorld(world_file)
    from harness.world.configuration import read_configuration  # noqa: PLC0415 - see above
    from harness.world.world import World  # noqa: PLC0415 - see above

    configuration = read_configuration(world_file)
    if containers:
        from harness.world.containers import with_containers  # noqa: PLC0415 - an extra

        configuration = with_containers(configuration, containers)
    world: Any = World(configuration, seed=seed, backend=backend)
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


def require_containers(
    world_files: Iterable[Path], containers: Sequence[str], *, process_count: int = 1
) -> None:
    """Raise HarnessError unless *containers* can be started: once, before anything runs."""
    if not containers:
        return
    from harness.world.configuration import read_configuration  # noqa: PLC0415 - see above
    from harness.world.containers import try_containers, with_containers  # noqa: PLC0415 - see above

    for world_file in dict.fromkeys(world_files):
        start = try_containers if process_count > 1 else with_containers
        start(read_configuration(world_file), containers)
