"""The one command that makes a run happen again."""

import shlex


def reproduce_command(path: str, case: str | None, seed: int) -> str:
    """Return the command line."""
    words = ["harness", "run", path]
    if case is not None:
        words += ["-k", case]
    words += ["--seed", str(seed)]
    return shlex.join(words)
