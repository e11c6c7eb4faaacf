"""What tests of several folders need."""

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def terminal() -> Iterator[None]:
    """Let Ctrl-C be heard: a process that was started in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
