"""Standard output and error inside a place: they become the function's log."""

import io


from harness.sandbox.patch import Inside


class PlaceOutput(io.TextIOBase):
    """A text stream that belongs to whichever place is running."""

    def __init__(self, inside: Inside) -> None:
        super().__init__()
        self._inside = inside

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        place = self._inside.place
        if place is not None:
            place.write(text)
        return len(text)
