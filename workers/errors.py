"""What went wrong, told by what the event source should do next."""


class WorkerError(Exception):
    """A failure that a worker foresaw.  Its text holds no personal data and no secret."""


class RetryableError(WorkerError):
    """The same event may succeed later: hand it back to its source."""


class UncertainError(RetryableError):
    """Nobody answered, or not to the point: what was asked for may have been done."""


class UnforeseenError(WorkerError):
    """A failure that nobody foresaw, told by its type and place: its own text may hold anything."""


class PermanentError(WorkerError):
    """The same event will never succeed: only a person can change that."""
