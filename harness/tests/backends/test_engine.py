"""The Docker engine: what is said where it, an image, or the package that reaches it is missing."""

import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from harness.backends.containers.engine import require_image
from harness.backends.lacking import BackendError, MissingExtraError


class _EngineWithoutImages(BaseHTTPRequestHandler):
    """Answers as Docker's engine does that has no image and reaches no registry."""

    def do_GET(self) -> None:
        if self.path.endswith("/version"):
            self._answer(200, {"ApiVersion": "1.41", "Version": "20.10"})
        elif self.path.endswith("/_ping"):
            self._answer(200, {})
        else:
            self._answer(404, {"message": "No such image"})

    def do_POST(self) -> None:
        self._answer(404, {"message": "no such host: registry"})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with HTTPServer(("127.0.0.1", 0), _EngineWithoutImages) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{server.server_port}")
        yield
        server.shutdown()


@pytest.mark.usefixtures("engine")
def test_an_image_that_cannot_be_had_is_named_with_what_to_do() -> None:
    """It is not the engine that is missing."""
    with pytest.raises(
        BackendError,
        match=r"^partner 'shop': the Docker engine has no image 'shop:1' and cannot pull it: "
        r"(?s:.*)no such host: registry(?s:.*); build or load it, or name another$",
    ):
        require_image("partner 'shop'", "shop:1", "name another")


def test_without_testcontainers_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is said of an engine."""
    monkeypatch.setitem(sys.modules, "testcontainers.core.docker_client", None)

    with pytest.raises(
        MissingExtraError,
        match=r"^partner 'shop' needs the package testcontainers, which is not installed; "
        r"pip install 'fan-verification\[backends\]'$",
    ):
        require_image("partner 'shop'", "shop:1", "name another")
