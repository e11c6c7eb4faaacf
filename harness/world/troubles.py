"""Troubles: errors about the harness itself that code under test must not be able to hide.

A handler may catch everything.  So what means that the run is void (an operation that is not
modelled, an attempt to escape, an endless loop) is also noted here, and raised by whoever drives
the world.
"""


class Troubles:
    """The errors that make a run void."""

    def __init__(self) -> None:
        self._errors: list[Exception] = []

    def report(self, error: Exception) -> None:
        """Note *error*; the first one counts."""
        self._errors.append(error)

    def raise_first(self) -> None:
        """Raise the first trouble, if there is any."""
        if self._errors:
            raise self._errors[0]
