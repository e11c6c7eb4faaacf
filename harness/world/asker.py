"""Asker: somebody outside who waits for an answer while everybody else goes on.

Whoever calls `World.query` or `World.invoke` drives the world until the answer is there, so nothing
else of theirs happens meanwhile.  An asker runs in a greenlet of its own: where it has to wait, it
goes back to whoever drives, and goes on when its invocation has ended.
"""

from collections.abc import Callable

from greenlet import getcurrent, greenlet

from harness.runtime.outcome import Outcome

Done = Callable[[Outcome], None]


class Asker(greenlet):
    """One who asks.  States: new, asking, waiting (for an invocation), done."""

    def go_on(self) -> None:
        """Run until the next wait or the end; what goes wrong in it is raised here."""
        self.parent = getcurrent()
        self.switch()

    def outcome_of(self, start: Callable[[Done], None]) -> Outcome:
        """Wait for the invocation that *start* begins; called from within."""
        outcomes: list[Outcome] = []

        def done(outcome: Outcome) -> None:
            outcomes.append(outcome)
            self.go_on()

        start(done)
        assert self.parent is not None, "somebody drives"
        self.parent.switch()
        return outcomes[0]


def current_asker() -> Asker | None:
    """Return the asker that runs now, or None where whoever runs drives the world."""
    current = getcurrent()
    return current if isinstance(current, Asker) else None
