"""LocalStack's endpoints: one process each, for a world begins by emptying its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from harness.backends.lacking import BackendError
from harness.backends.localstack.backend import LocalStack
from harness.backends.localstack.claim import claim_one
from harness.backends.localstack.settings import read_hosts


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the claims of a test to itself."""
    monkeypatch.setattr("harness.backends.localstack.claim.gettempdir", lambda: str(tmp_path))
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    return tmp_path


def test_each_process_has_an_endpoint_of_its_own() -> None:
    """The second one takes the second, and a third is told how many there are."""
    first, lock = claim_one(["a:1", "b:2"])
    second, other = claim_one(["a:1", "b:2"])

    assert [first, second] == ["a:1", "b:2"]
    with pytest.raises(BackendError, match=r"another process runs scenarios at a:1, b:2"):
        claim_one(["a:1", "b:2"])
    os.close(lock)
    os.close(other)


def test_a_claim_ends_with_its_process(temporary: Path) -> None:
    """However it ends: a run that was killed locks nobody out."""
    program = (
        "import os, sys; import harness.backends.localstack.claim as claim; "
        "claim.gettempdir = lambda: sys.argv[1]; "
        "taken = claim.claim_one(['a:1']); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, str(temporary)], check=False)  # noqa: S603 - the program above

    host, lock = claim_one(["a:1"])

    assert host == "a:1"
    os.close(lock)


@pytest.fixture
def emulators() -> Iterator[list[str]]:
    """Return where two servers answer something, which is all that is asked of them here."""
    with ExitStack() as exits:
        hosts = []
        for _ in range(2):
            server = exits.enter_context(HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler))
            exits.callback(server.shutdown)
            Thread(target=server.serve_forever, daemon=True).start()
            hosts.append(f"127.0.0.1:{server.server_port}")
        yield hosts


def test_several_hosts_are_named_with_blanks_between(
    emulators: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each as localstack-client would have it in LOCALSTACK_HOST."""
    monkeypatch.setenv("HARNESS_LOCALSTACK_HOSTS", " ".join(emulators))
    assert read_hosts() == tuple(emulators)

    first, second = LocalStack(), LocalStack()

    assert first.urls["s3"] == f"http://{emulators[0]}"
    assert second.urls["sqs"] == f"http://{emulators[1]}"
    first.close()
    second.close()


def test_each_of_several_hosts_must_answer(
    emulators: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the process that comes second would find it out scenario by scenario."""
    monkeypatch.setenv("HARNESS_LOCALSTACK_HOSTS", f"{emulators[0]} 127.0.0.1:9")

    with pytest.raises(BackendError, match=r"nothing answers at http://127\.0\.0\.1:9: "):
        LocalStack()
