"""The backends that need nothing but this machine's Python; a server is shared by a test run."""

import pytest

from harness.backends.backend import Backend
from harness.backends.choosing import backend_named
from harness.tests.backends.accounts import Account


@pytest.fixture(params=["moto", "moto-server"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Return a backend on the virtual clock, then one that lives in real time."""
    return backend_named(request.param)


@pytest.fixture
def account(backend: Backend) -> Account:
    """Return an account with nothing in it."""
    return Account(backend)


@pytest.fixture
def memory() -> Account:
    """Return the same in memory."""
    return Account(backend_named("memory"))
