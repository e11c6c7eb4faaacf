"""The one command that makes a run happen again."""

import shlex
from collections.abc import Sequence


def reproduce_command(
    path: str,
    case: str | None,
    seed: int,
    backend: str = "memory",
    containers: Sequence[str] = (),
) -> str:
    """Return the command line."""
    words = ["harness", "run", path]
    if case is not None:
        words += ["-k", case]
    words += ["--seed", str(seed)]
    if backend != "memory":
        words += ["--backend", backend]
    for each in containers:
        words += ["--with", each]
    return shlex.join(words)
