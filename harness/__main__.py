"""``python -m harness``, and what the ``harness`` command calls."""

import os
import sys
from contextlib import suppress
from importlib import import_module

_INTERRUPTED = 130
"""The shell's own code for Ctrl-C, as in `harness/cli/exitcodes.py`."""


def main() -> None:
    """Run the command line; Ctrl-C ends it with a word, while it is still starting up, too."""
    # Last of all: what a world file names may lie in the folder that the command is run from, if it
    # is still there.
    with suppress(FileNotFoundError):
        sys.path.append(os.getcwd())  # noqa: PTH109 - the text is what is wanted
    try:
        # Imports take most of a second, in which somebody may think better of it.
        import_module("harness.cli.main").main()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        raise SystemExit(_INTERRUPTED) from None


if __name__ == "__main__":
    main()
