"""One seed, split into named branches, so that a new draw anywhere leaves every other one as it was."""

from hashlib import blake2b
from random import Random


class Entropy:
    """Hands out one independent generator per name."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._branches: dict[str, Random] = {}

    def branch(self, name: str) -> Random:
        """Return the branch called *name*, for example ``"faults.kinesis"``."""
        branch = self._branches.get(name)
        if branch is None:
            digest = blake2b(f"{self.seed}/{name}".encode(), digest_size=8).digest()
            branch = self._branches[name] = Random(int.from_bytes(digest))
        return branch
