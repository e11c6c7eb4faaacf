"""MotoServer: ``moto[server]`` on a free port."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from typing_extensions import override

from harness.backends.lacking import BackendError, MissingExtraError
from harness.backends.remote.account import SERVICES
from harness.backends.remote.endpoint import Endpoint

_PATIENCE_SECONDS = 5


class MotoServer(Endpoint):
    """A server process that lives as long as this one."""

    def __init__(self) -> None:
        if find_spec("moto") is None or find_spec("flask") is None:
            raise MissingExtraError("backend moto-server", "moto[server]")
        self._process = subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-P", str(Path(__file__).with_name("serve.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None, "it was asked for"
        port = self._process.stdout.readline().strip()
        if not port:
            self._stop()
            raise BackendError("backend moto-server: the server did not start")
        self.endpoint_url = f"http://127.0.0.1:{port}"
        super().__init__("moto-server", dict.fromkeys(SERVICES, self.endpoint_url))

    @override
    def close(self) -> None:
        """Stop the server."""
        self._stop()

    def _stop(self) -> None:
        """Let the process end, as it does with its standard input."""
        assert self._process.stdin is not None, "it was asked for"
        assert self._process.stdout is not None, "it was asked for"
        self._process.stdin.close()
        try:
            self._process.wait(timeout=_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
