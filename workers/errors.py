"""What went wrong, told by what the event source should do next."""


class WorkerError(Exception):
    """A failure that a worker foresaw.  Its text holds no personal data and no secret."""


class RetryableError(WorkerError):
    """The same event may succeed later: hand it back to its source."""

    def __init__(self, text: str = "", *, retry_after_seconds: int | None = None) -> None:
        super().__init__(text)
        self.retry_after_seconds = retry_after_seconds
        """How long a partner wants to be left alone that has had too many requests, 0 where it does not
        say; None for any other failure."""


class UncertainError(RetryableError):
    """Nobody answered, or not to the point: what was asked for may have been done."""


class UnforeseenError(WorkerError):
    """A failure that nobody foresaw, told by its type and place: its own text may hold anything."""


class PermanentError(WorkerError):
    """The same event will never succeed: only a person can change that."""
