"""Python's cyclic collector while a world is open.

A world keeps millions of objects alive that are in no cycle, and the collector would look through
all of them again and again.  So it looks rarely: the thresholds are high, and what was there
before the world is left out of the young generations.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = (100_000, 50, 1_000)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the collector run rarely in here."""
    outer = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*outer)


def collect_young() -> None:
    """Collect what was made lately: a world that has just been closed is still in the caches.

    Its classes and functions are cycles by nature, and finding them later takes longer.
    """
    gc.collect(0)


def spare_last_collections() -> None:
    """Let the interpreter end without looking through what the system takes back anyway.

    Its last collections take a third of a second after a small scenario.
    """
    atexit.register(gc.freeze)
