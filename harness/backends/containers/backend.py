"""Containers: starts the emulator's image, waits until it answers, and stops it at the end."""

import socket
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from time import sleep  # noqa: TID251 - the container lives in real time
from typing import Any

from typing_extensions import override

from harness.backends.containers.settings import (
    ContainerSettings,
    listening_variables,
    read_settings,
)
from harness.backends.lacking import BackendError, MissingExtraError
from harness.backends.remote.account import SERVICES
from harness.backends.remote.endpoint import Endpoint

_PORT = 5000
"""Inside a container with a network of its own."""

_TRIES = 120
_PAUSE_SECONDS = 0.5


class Containers(Endpoint):
    """One container that lives as long as this process."""

    def __init__(self, settings: ContainerSettings | None = None) -> None:
        settings = settings or read_settings()
        try:
            containers: Any = import_module("testcontainers.core.container")
            configuration: Any = import_module("testcontainers.core.config")
        except ImportError as error:
            raise MissingExtraError("containers", "testcontainers") from error
        if settings.is_on_host:
            # The reaper's port is published, and there is nothing that publishes.
            configuration.testcontainers_config.ryuk_disabled = True
        try:
            container, port = _started(containers.DockerContainer, settings)
        except Exception as error:  # Docker's errors are of many kinds, and all mean the same
            raise BackendError(
                f"backend containers: cannot start {settings.image!r}: {error}; is a Docker engine "
                "running, and is the image there or can it be pulled?"
            ) from error
        self._container: Any = container
        self.endpoint_url = f"http://127.0.0.1:{port}"
        self._wait(settings.image)
        super().__init__("containers", dict.fromkeys(SERVICES, self.endpoint_url))

    def _wait(self, image: str) -> None:
        """Wait until the emulator answers anything at all."""
        host, _, port = self.endpoint_url.rpartition("/")[2].partition(":")
        for _ in range(_TRIES):
            connection = HTTPConnection(host, int(port), timeout=5)
            with suppress(OSError, HTTPException):
                connection.request("GET", "/")
                connection.getresponse().read()
                return
            connection.close()
            sleep(_PAUSE_SECONDS)
        said = b"\n".join(self._container.get_logs())[-500:].decode("utf-8", "replace")
        self._container.stop()
        raise BackendError(f"backend containers: {image!r} never answers; it says: {said}")

    @override
    def close(self) -> None:
        """Stop the container and remove it."""
        self._container.stop()


def _started(container_class: Any, settings: ContainerSettings) -> tuple[Any, int]:
    """Return the running container and the port that it answers on."""
    container = container_class(settings.image)
    if settings.is_on_host:
        port = _free_port()
        container.with_kwargs(network_mode="host")
    else:
        port = _PORT
        container.with_exposed_ports(port)
    for name, value in listening_variables(port).items():
        container.with_env(name, value)
    container.start()
    return container, port if settings.is_on_host else int(container.get_exposed_port(port))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
