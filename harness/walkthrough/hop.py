"""Hop: one step of the way, ready to be shown."""

from dataclasses import dataclass, field
from typing import Any

from harness.kernel.instant import Instant


@dataclass(slots=True)
class Hop:
    """What happened, when, what was sent, why, and where to look."""

    title: str
    instant: Instant
    happened: list[str] = field(default_factory=list)
    """Sentences."""
    shown: list[tuple[str, Any]] = field(default_factory=list)
    """Real values of the run, each with what it is."""
    why: list[str] = field(default_factory=list)
    """Sentences about AWS, with the values of the settings."""
    where: list[str] = field(default_factory=list)
    """Files."""
