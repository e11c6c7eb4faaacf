"""Moto: calls end in moto's own code, in this process, at the virtual instant."""

from typing import Any

from harness.backends.backend import Outside, Services
from harness.backends.findings import Findings
from harness.backends.lacking import MissingExtraError
from harness.backends.remote.account import remote_account
from harness.backends.remote.clients import make_clients
from harness.services.base.service import Surroundings


class Moto:
    """moto without its decorator: only the clients made here end in it, and nobody else's."""

    name = "moto"
    has_virtual_clock = True

    def __init__(self) -> None:
        try:
            from moto.core.base_backend import BackendDict  # noqa: PLC0415 - an extra
            from moto.core.botocore_stubber import BotocoreStubber  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise MissingExtraError("backend moto", "moto") from error
        self.findings = Findings()
        self._all_backends: Any = BackendDict
        self._answer = BotocoreStubber()
        self._answer.enabled = True
        self._clients: dict[str, Any] = {}

    def account(self, surroundings: Surroundings, outside: Outside) -> Services:
        """Return an account with nothing in it."""
        self.findings.clear()
        if not self._clients:
            self._clients = make_clients(surroundings.identity.region, "simulated")
            for client in self._clients.values():
                client.meta.events.register("before-send", self._answer)
        self._all_backends.reset()
        return remote_account(
            self.name,
            self._clients,
            surroundings,
            outside,
            self.findings,
            has_virtual_clock=True,
        )

    def close(self) -> None:
        """Leave nothing behind."""
        self._all_backends.reset()
