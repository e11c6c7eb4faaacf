"""The policy of one table or stream."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResourcePolicy:
    """A document as AWS keeps it, and the revision that it is."""

    document: str
    revision: str
    """The millisecond of the change, as text."""
