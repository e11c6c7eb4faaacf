"""Endpoint: a backend behind a URL, shared by the worlds of this process and emptied between them."""

from collections.abc import Mapping
from typing import Any

from harness.backends.backend import Outside, Services
from harness.backends.findings import Findings
from harness.backends.remote.account import remote_account
from harness.backends.remote.clients import make_clients
from harness.backends.remote.emptying import delete_all, reset
from harness.services.base.service import Surroundings


class Endpoint:
    """An emulator that lives in real time.

    *urls* has the URL of each service.  An emulator takes an access key of twelve digits for the
    number of the account.
    """

    has_virtual_clock = False

    def __init__(self, name: str, urls: Mapping[str, str]) -> None:
        self.name = name
        self.findings = Findings()
        self.urls = urls
        self._clients: dict[str, Any] = {}
        self._last: Services | None = None

    def account(self, surroundings: Surroundings, outside: Outside) -> Services:
        """Return an account with nothing in it."""
        identity = surroundings.identity
        if not self._clients:
            self._clients = make_clients(identity.region, identity.account_id, self.urls)
        if not reset(self.urls["s3"], self.name) and self._last is not None:
            delete_all(self._last)
        self.findings.clear()
        self._last = remote_account(
            self.name,
            self._clients,
            surroundings,
            outside,
            self.findings,
            has_virtual_clock=self.has_virtual_clock,
        )
        return self._last

    def close(self) -> None:
        """Leave nothing behind that was made here."""
        if self._last is not None and not reset(self.urls["s3"], self.name):
            delete_all(self._last)
        self._last = None
