"""The standard streams inside a place: output and error become the function's log, and input is empty.

Whoever debugs the code of a place sits at the terminal all the same.
"""

import io
from typing import TextIO

from harness.sandbox.debugging import is_debugged
from harness.sandbox.patch import Inside


class PlaceOutput(io.TextIOBase):
    """A text stream that belongs to whichever place is running, and else to *outside*."""

    def __init__(self, inside: Inside) -> None:
        super().__init__()
        self._inside = inside
        self.outside: TextIO | None = None

    def writable(self) -> bool:
        """Return True: it is there to be written to."""
        return True

    def write(self, text: str, /) -> int:
        """Pass *text* on and return its length."""
        place = self._inside.place
        if place is None or is_debugged():
            if self.outside is not None:
                self.outside.write(text)
        else:
            place.write(text)
        return len(text)

    def flush(self) -> None:
        """Let a debugger's prompt be seen; the log takes whole lines as they come."""
        if self.outside is not None and is_debugged():
            self.outside.flush()


class PlaceInput(io.TextIOBase):
    """Standard input as on Lambda, where it is /dev/null: at its end from the beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: TextIO | None = None
        self.buffer = io.BytesIO()
        """The bytes of it: none."""

    def readable(self) -> bool:
        """Return True: there is just nothing to read."""
        return True

    def read(self, size: int | None = -1, /) -> str:
        """Return what there is."""
        if self.outside is not None and is_debugged():
            return self.outside.read(-1 if size is None else size)
        return ""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # the base takes bytes too
        """Return the next line."""
        if self.outside is not None and is_debugged():
            return self.outside.readline(size)
        return ""
