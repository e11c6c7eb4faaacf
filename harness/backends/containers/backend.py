"""Containers: starts the emulator's image, waits until it answers, and stops it at the end."""

from http.client import HTTPConnection, HTTPException

from typing_extensions import override

from harness.backends.containers.container import Container, Wanted
from harness.backends.containers.settings import (
    IMAGE_VARIABLE,
    LISTENING,
    ContainerSettings,
    read_settings,
)
from harness.backends.remote.account import SERVICES
from harness.backends.remote.endpoint import Endpoint

_PORT = 5000
"""Inside a container with a network of its own."""

_PATIENCE_SECONDS = 5


class Containers(Endpoint):
    """One container that lives as long as this process."""

    def __init__(self, settings: ContainerSettings | None = None) -> None:
        settings = settings or read_settings()
        wanted = Wanted(
            who="backend containers",
            image=settings.image,
            port=_PORT,
            remedy=f"name another in {IMAGE_VARIABLE}",
            variables=LISTENING,
        )
        self._container = Container(wanted, is_on_host=settings.is_on_host)
        self._container.wait(_answers)
        self.endpoint_url = f"http://{self._container.host}:{self._container.port}"
        super().__init__("containers", dict.fromkeys(SERVICES, self.endpoint_url))

    @override
    def close(self) -> None:
        """Stop the container and remove it."""
        self._container.stop()


def _answers(host: str, port: int) -> None:
    """Return if the emulator answers anything at all, else raise OSError."""
    connection = HTTPConnection(host, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()
