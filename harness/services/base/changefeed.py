"""The change feed: a service says what changed, and never learns who listens.

A change is a frozen dataclass of the service that makes it.  Listeners are called at once, in
the order in which they subscribed; one that wants to act later sets a timer.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Change = TypeVar("Change")


class ChangeFeed:
    """Passes changes on to those who asked for their kind."""

    def __init__(self) -> None:
        self._listeners: dict[type, list[Callable[[Any], None]]] = {}

    def subscribe(self, kind: type[Change], listener: Callable[[Change], None]) -> None:
        """Call *listener* with every change of *kind* from now on."""
        self._listeners.setdefault(kind, []).append(listener)

    def announce(self, change: object) -> None:
        """Tell everyone who asked for this kind of change."""
        for listener in self._listeners.get(type(change), ()):
            listener(change)

    def has_listeners(self, kind: type) -> bool:
        """Whether anyone asked for *kind*; a hot path may then skip making the change."""
        return kind in self._listeners
