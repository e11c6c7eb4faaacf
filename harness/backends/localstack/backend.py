"""LocalStack: whatever answers where ``localstack-client`` says that it is.

Its environment variables say where: ``AWS_ENDPOINT_URL``, ``LOCALSTACK_HOST``, ``USE_SSL``.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from harness.backends.lacking import MissingExtraError
from harness.backends.remote.account import SERVICES
from harness.backends.remote.endpoint import Endpoint


class LocalStack(Endpoint):
    """An endpoint that somebody else has started, and that is emptied for each world."""

    def __init__(self) -> None:
        try:
            configuration: Any = import_module("localstack_client.config")
        except ImportError as error:
            raise MissingExtraError("localstack", "localstack-client") from error
        endpoints: Mapping[str, str] = configuration.get_service_endpoints()
        super().__init__("localstack", {service: endpoints[service] for service in SERVICES})
