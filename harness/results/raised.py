"""What code that is not the harness's own raised, in words: a generator, an invariant, a partner."""

import traceback
from pathlib import Path


def described(error: Exception) -> str:
    """Return the error's type, its text and the innermost line of the code that raised it."""
    said = f": {error}" if str(error) else ""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}{said}"  # its text has the place
    place = place_of(error)
    return f"{type(error).__name__}{said}{'' if place is None else f' at {place[0]}:{place[1]}'}"


def place_of(error: Exception) -> tuple[str, int] | None:
    """Return the file's name and the line that raised *error*; None where its call did not fit."""
    frames = traceback.extract_tb(error.__traceback__)
    # The first frame is the caller's own: without another one the call itself did not fit.
    return (Path(frames[-1].filename).name, frames[-1].lineno or 1) if len(frames) > 1 else None
