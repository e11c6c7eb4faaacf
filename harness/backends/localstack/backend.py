"""LocalStack: whatever answers where ``localstack-client`` says that it is.

Its environment variables say where: ``AWS_ENDPOINT_URL``, ``LOCALSTACK_HOST``, ``USE_SSL``.
"""

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from typing_extensions import override

from harness.backends.lacking import BackendError, MissingExtraError
from harness.backends.localstack.claim import claim_one
from harness.backends.localstack.settings import HOSTS_VARIABLE, read_hosts
from harness.backends.remote.account import SERVICES
from harness.backends.remote.answering import status_of
from harness.backends.remote.endpoint import Endpoint

_PATIENCE_SECONDS = 10.0


class LocalStack(Endpoint):
    """An endpoint that somebody else has started, and that is emptied for each world."""

    def __init__(self) -> None:
        try:
            configuration: Any = import_module("localstack_client.config")
        except ImportError as error:
            raise MissingExtraError("backend localstack", "localstack-client") from error
        places: dict[str, Mapping[str, str]] = {}
        for host in read_hosts() or (None,):
            endpoints: Mapping[str, str] = configuration.get_service_endpoints(host)
            places[endpoints["s3"]] = endpoints
        for endpoints in places.values():
            _require_answers(endpoints)
        place, self._claim = claim_one(list(places))
        super().__init__("localstack", {service: places[place][service] for service in SERVICES})

    @override
    def close(self) -> None:
        """Leave nothing behind that was made here, and let others have the endpoint."""
        super().close()
        os.close(self._claim)


def _require_answers(endpoints: Mapping[str, str]) -> None:
    """Refuse an emulator that nobody has started; whatever it answers is an answer."""
    for url in dict.fromkeys(endpoints[service] for service in SERVICES):
        try:
            status_of("GET", url, "/", backend="localstack", patience=_PATIENCE_SECONDS)
        except BackendError as error:
            raise BackendError(
                f"{error}; start LocalStack there, or say where it is in AWS_ENDPOINT_URL, "
                f"LOCALSTACK_HOST or {HOSTS_VARIABLE}"
            ) from error
