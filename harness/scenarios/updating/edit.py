"""Edit: a span of a file and what stands there from now on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``text[start:end]``; an insertion has an empty span."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with *edits* made; those that overlap must have been sorted out before."""
    newline = "\r\n" if "\r\n" in text else "\n"
    parts = []
    at = 0
    for edit in sorted(set(edits)):
        assert edit.start >= at, f"two edits overlap at {edit.start}"
        parts += [text[at : edit.start], edit.text.replace("\n", newline)]
        at = edit.end
    return "".join([*parts, text[at:]])


def overlap(edits: Iterable[Edit]) -> bool:
    """Whether any two different *edits* touch the same text."""
    at = 0
    for edit in sorted(set(edits)):
        if edit.start < at:
            return True
        at = edit.end
    return False
