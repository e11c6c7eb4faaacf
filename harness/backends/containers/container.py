"""Container: one that is started through testcontainers, and the port that it answers on."""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from time import sleep  # noqa: TID251 - the container lives in real time
from typing import Any

from harness.backends.containers.engine import require_image
from harness.backends.lacking import BackendError

_TRIES = 120
_PAUSE_SECONDS = 0.5
_ENGINE_SECONDS = 300
"""How long a busy engine may take for one answer: it may copy an image to start it."""

_SAID = 500
"""How much of what a container says is shown."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be started; ``{port}`` in a text is the port that it has to listen on."""

    who: str
    """Who wants it, as an error begins: ``backend containers``."""
    image: str
    port: int
    """Inside the container, where it has a network of its own."""
    remedy: str
    """How another image is named."""
    variables: Mapping[str, str] = field(default_factory=dict)
    command: str | None = None
    """Instead of the image's own."""


class Container:
    """A running container.  States: running, stopped."""

    def __init__(self, wanted: Wanted, *, is_on_host: bool) -> None:
        """Start it; BackendError says whether it is the engine, the image or the start.

        *is_on_host*: it listens on the machine's own ports, and the engine publishes none.
        """
        require_image(wanted.who, wanted.image, wanted.remedy)
        self._wanted = wanted
        try:
            self._container, self.port = _started(wanted, is_on_host=is_on_host)
        except Exception as error:  # Docker's errors are of many kinds, and all mean the same
            raise BackendError(f"{wanted.who}: cannot start {wanted.image!r}: {error}") from error
        self.host = "127.0.0.1"

    def wait(self, answers: Callable[[str, int], object]) -> None:
        """Return once *answers*, given host and port, raises no OSError; else stop and say why."""
        for _ in range(_TRIES):
            with suppress(OSError):
                answers(self.host, self.port)
                return
            sleep(_PAUSE_SECONDS)
        said = b"\n".join(self._container.get_logs())[-_SAID:].decode("utf-8", "replace")
        self.stop()
        raise BackendError(
            f"{self._wanted.who}: {self._wanted.image!r} never answers; it says: {said}"
        )

    def stop(self) -> None:
        """Stop it and remove it."""
        self._container.stop()


def _started(wanted: Wanted, *, is_on_host: bool) -> tuple[Any, int]:
    """Return the running container and the port that it answers on."""
    containers: Any = import_module("testcontainers.core.container")
    configuration: Any = import_module("testcontainers.core.config")
    container = containers.DockerContainer(
        wanted.image, docker_client_kw={"timeout": _ENGINE_SECONDS}
    )
    if is_on_host:
        # The reaper's port is published, and there is nothing that publishes.
        configuration.testcontainers_config.ryuk_disabled = True
        port = _free_port()
        container.with_kwargs(network_mode="host")
    else:
        port = wanted.port
        container.with_exposed_ports(port)
    for name, text in wanted.variables.items():
        container.with_env(name, text.format(port=port))
    if wanted.command is not None:
        container.with_command(wanted.command.format(port=port))
    container.start()
    return container, port if is_on_host else int(container.get_exposed_port(port))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
