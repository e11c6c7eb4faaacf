"""World(backend=...): a test written in Python, with AWS's services carried out elsewhere."""

from pathlib import Path

import pytest

from harness.backends.choosing import backend_named
from harness.backends.localstack.backend import LocalStack
from harness.errors import HarnessError
from harness.tests.backends.pythonworld import LABEL, WORLD, shipped
from harness.world.world import World


@pytest.mark.parametrize("backend", ["memory", "moto", "moto-server"])
def test_a_world_in_python_takes_a_backend_by_its_name(backend: str) -> None:
    """And the next one begins with nothing in it."""
    assert shipped(backend) == [LABEL, LABEL]


def test_a_world_in_python_takes_what_answers_as_localstack(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Here moto's server stands where LocalStack would; `tox -e parity-localstack` has another."""
    endpoint_url: str = backend_named("moto-server").endpoint_url  # type: ignore[attr-defined]  # a server's
    monkeypatch.setenv("LOCALSTACK_HOST", endpoint_url.removeprefix("http://"))
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("HARNESS_LOCALSTACK_HOSTS", raising=False)
    monkeypatch.setattr("harness.backends.localstack.claim.gettempdir", lambda: str(tmp_path))
    backend = LocalStack()

    labels = shipped(backend)

    backend.close()
    assert labels == [LABEL, LABEL]


def test_a_world_in_python_refuses_a_deployed_stack() -> None:
    """Its functions would run elsewhere, and its time is real."""
    with pytest.raises(HarnessError, match=r"^backend aws has no world in this process"):
        World(WORLD, backend="aws")
