"""MotoServer: ``moto[server]`` on a free port, emptied between worlds."""

import subprocess
import sys
from importlib.util import find_spec
from typing import Any

from harness.backends.backend import Outside, Services
from harness.backends.findings import Findings
from harness.backends.lacking import BackendError, MissingExtraError
from harness.backends.motoserver.resetting import reset
from harness.backends.remote.account import remote_account
from harness.backends.remote.clients import make_clients
from harness.services.base.service import Surroundings


class MotoServer:
    """A server process that lives as long as this one."""

    name = "moto-server"
    has_virtual_clock = False

    def __init__(self) -> None:
        if find_spec("moto") is None or find_spec("flask") is None:
            raise MissingExtraError(self.name, "moto[server]")
        self.findings = Findings()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "harness.backends.motoserver.serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None, "it was asked for"
        port = self._process.stdout.readline().strip()
        if not port:
            raise BackendError("backend moto-server: the server did not start")
        self.endpoint_url = f"http://127.0.0.1:{port}"
        self._clients: dict[str, Any] = {}

    def account(self, surroundings: Surroundings, outside: Outside) -> Services:
        """Return an account with nothing in it."""
        self.findings.clear()
        if not self._clients:
            region = surroundings.identity.region
            self._clients = make_clients(region, "simulated", self.endpoint_url)
        reset(self.endpoint_url)
        return remote_account(
            self.name,
            self._clients,
            surroundings,
            outside,
            self.findings,
            has_virtual_clock=self.has_virtual_clock,
        )

    def close(self) -> None:
        """Stop the server."""
        assert self._process.stdin is not None, "it was asked for"
        self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
