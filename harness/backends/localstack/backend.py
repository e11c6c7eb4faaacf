"""LocalStack: whatever answers where ``localstack-client`` says that it is.

Its environment variables say where: ``AWS_ENDPOINT_URL``, ``LOCALSTACK_HOST``, ``USE_SSL``.
"""

from harness.backends.lacking import MissingExtraError
from harness.backends.remote.account import SERVICES
from harness.backends.remote.endpoint import Endpoint


class LocalStack(Endpoint):
    """An endpoint that somebody else has started, and that is emptied for each world."""

    def __init__(self) -> None:
        try:
            from localstack_client.config import get_service_endpoints  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise MissingExtraError("localstack", "localstack-client") from error
        endpoints = get_service_endpoints()
        super().__init__("localstack", {service: endpoints[service] for service in SERVICES})
