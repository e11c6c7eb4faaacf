"""What a generator or an invariant raised, in words."""

import traceback
from pathlib import Path


def described(error: Exception) -> str:
    """Return the error's type, its text and the innermost line of the code that raised it."""
    said = f": {error}" if str(error) else ""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}{said}"  # its text has the place
    frames = traceback.extract_tb(error.__traceback__)
    # The first frame is the caller's own: without another one the call itself did not fit.
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if len(frames) > 1 else ""
    return f"{type(error).__name__}{said}{where}"
