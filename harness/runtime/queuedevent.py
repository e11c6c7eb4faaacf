"""One event in Lambda's asynchronous queue."""

from harness.kernel.instant import Instant
from harness.runtime.outcome import Outcome


class QueuedEvent:
    """What is known of an event on its way to its function, over all its tries."""

    __slots__ = (
        "cause",
        "failures",
        "function_name",
        "invoke_count",
        "is_repeat",
        "qualifier",
        "queued",
        "request_id",
        "response",
        "source",
        "text",
        "throttles",
    )

    def __init__(  # noqa: PLR0913 - the parts of an event, all named
        self,
        function_name: str,
        text: str,
        *,
        request_id: str,
        source: str,
        queued: Instant,
        cause: int | None,
        qualifier: str | None,
    ) -> None:
        self.function_name = function_name
        self.text = text
        self.request_id = request_id
        self.source = source
        self.queued = queued
        self.cause = cause
        self.qualifier = qualifier
        self.invoke_count = 0
        self.failures = 0
        """Tries that used up the retry quota."""
        self.throttles = 0
        """Tries that found no room."""
        self.response: Outcome | None = None
        """How the last try ended."""
        self.is_repeat = False
        """Whether the event has succeeded before and runs once more."""
