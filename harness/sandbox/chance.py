"""Chance inside a place: `random`, `secrets`, `uuid` and `os.urandom` draw from the seed."""

import os
import random
import ssl
import uuid
from collections.abc import Callable
from typing import Any

from harness.sandbox.patch import Inside, Patch

_MODULE_FUNCTIONS = (
    "betavariate", "choice", "choices", "expovariate", "gammavariate", "gauss", "getrandbits",
    "getstate", "lognormvariate", "normalvariate", "paretovariate", "randbytes", "randint",
    "random", "randrange", "sample", "seed", "setstate", "shuffle", "triangular", "uniform",
    "vonmisesvariate", "weibullvariate",
)  # fmt: skip

_NODE = 0x0242AC110002
"""The network address that `uuid.uuid1` sees: the same on every machine."""


class Chance:
    """Bends the process's sources of chance while it is installed."""

    def __init__(self, inside: Inside) -> None:
        def urandom(size: int) -> bytes:
            assert inside.place is not None, "only called inside"
            inside.place.contacts += 1
            return inside.place.chance.randbytes(size)

        self._patches = [
            Patch(os, "urandom", urandom, inside),
            Patch(ssl, "RAND_bytes", urandom, inside),
            Patch(random, "_urandom", urandom, inside),
            Patch(uuid, "getnode", lambda: _NODE, inside),
            _seeding(inside),
        ]
        if hasattr(os, "getrandom"):
            self._patches.append(
                Patch(os, "getrandom", lambda size, _flags=0: urandom(size), inside)
            )
        for name in _MODULE_FUNCTIONS:
            self._patches.append(Patch(random, name, _drawing(name, inside), inside))

    def install(self) -> None:
        """Bend the sources."""
        for patch in self._patches:
            patch.install()

    def remove(self) -> None:
        """Let real chance in again."""
        for patch in reversed(self._patches):
            patch.remove()


def _drawing(name: str, inside: Inside) -> Callable[..., Any]:
    """Return the function *name* of the place's own generator."""

    def draw(*args: Any, **kwargs: Any) -> Any:
        assert inside.place is not None, "only called inside"
        inside.place.contacts += 1
        return getattr(inside.place.chance, name)(*args, **kwargs)

    return draw


def _seeding(inside: Inside) -> Patch:
    """Seed a new generator that was given no seed from the place's own."""
    seed = random.Random.seed

    def seed_from_place(self: random.Random, a: Any = None, version: int = 2) -> None:
        assert inside.place is not None, "only called inside"
        inside.place.contacts += 1
        seed(self, inside.place.chance.getrandbits(128) if a is None else a, version)

    return Patch(random.Random, "seed", seed_from_place, inside)
