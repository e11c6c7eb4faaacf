"""What the containers backend starts, as the process's environment says it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

IMAGE_VARIABLE = "HARNESS_CONTAINERS_IMAGE"
NETWORK_VARIABLE = "HARNESS_CONTAINERS_NETWORK"
DEFAULT_IMAGE = "motoserver/moto:latest"


@dataclass(frozen=True, slots=True)
class ContainerSettings:
    """The emulator's image, and how it is reached.

    *network* is ``bridge``, where Docker publishes the port, or ``host``, for an engine that has
    no bridge.
    """

    image: str
    network: str

    @property
    def is_on_host(self) -> bool:
        """Whether the container listens on the machine's own ports."""
        return self.network == "host"


def read_settings(environment: Mapping[str, str] = os.environ) -> ContainerSettings:
    """Return the settings in *environment*."""
    return ContainerSettings(
        environment.get(IMAGE_VARIABLE, DEFAULT_IMAGE), environment.get(NETWORK_VARIABLE, "bridge")
    )


def listening_variables(port: int) -> dict[str, str]:
    """Return what tells moto, ministack and LocalStack to listen on *port*."""
    return {
        "MOTO_PORT": str(port),
        "GATEWAY_PORT": str(port),
        "GATEWAY_LISTEN": f"0.0.0.0:{port}",
    }
