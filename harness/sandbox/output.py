"""Standard output and error inside a place: they become the function's log."""

import io
from typing import TextIO

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
        if place is not None:
            place.write(text)
        elif self.outside is not None:
            self.outside.write(text)
        return len(text)
