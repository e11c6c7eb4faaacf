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


LISTENING: Mapping[str, str] = {
    "MOTO_PORT": "{port}",
    "GATEWAY_PORT": "{port}",
    "GATEWAY_LISTEN": "0.0.0.0:{port}",
}
"""What tells moto, ministack and LocalStack which port to listen on."""
