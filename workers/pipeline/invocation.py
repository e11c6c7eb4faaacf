"""What travels down the pipeline with one invocation."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from workers.clients.services import Services
from workers.pipeline.logs import logger_for
from workers.settings import Settings

Response = dict[str, Any] | None
Counts = Mapping[str, Any]
"""Numbers by name, or a level of such mappings."""


_ANSWER_SECONDS = 3
"""What it takes to write the log and to answer."""


class Invocation(msgspec.Struct):
    """One call of a handler.  Each step fills in what the later ones need."""

    worker: str
    event: Any
    context: Any
    correlation_id: str = ""
    traceparent: str = ""
    """W3C trace context, or empty while no trace is being recorded."""
    arguments: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """The arguments of the GraphQL field."""
    batch: Any = None
    """What `record_correlations` read out of the event."""
    counts: Counts = msgspec.field(default_factory=dict)
    """What the worker did; kept here so that a failure does not lose it."""
    failures: list[str] = msgspec.field(default_factory=list)
    """The records of a batch that go back to their source, by identifier."""
    problems: list[str] = msgspec.field(default_factory=list)
    """Why calls failed, as AWS names it; threads may append."""
    _settings: Settings | None = None
    _services: Services | None = None

    @property
    def settings(self) -> Settings:
        """The settings of this environment."""
        assert self._settings is not None, "the services step comes first"
        return self._settings

    @property
    def services(self) -> Services:
        """The clients of this environment."""
        assert self._services is not None, "the services step comes first"
        return self._services

    def equip(self, settings: Settings, services: Services) -> None:
        """Give the invocation its settings and clients."""
        self._settings = settings
        self._services = services

    def has_time(self, seconds: float) -> bool:
        """Tell whether *seconds* of work can begin before Lambda stops the function.

        A function that is stopped gives no answer: what it had done would all come again, and
        what it was doing might be done and not recorded.  That there is no time is a problem.
        """
        if self.is_early_enough_for(seconds):
            return True
        self.problems.append("out of time")
        return False

    def is_early_enough_for(self, seconds: float) -> bool:
        """Tell the same as `has_time`, where somebody else goes on and it is no problem."""
        remaining = getattr(self.context, "get_remaining_time_in_millis", None)
        return remaining is None or remaining() >= (seconds + _ANSWER_SECONDS) * 1000

    def batch_response(self) -> dict[str, Any]:
        """Return the counts together with the records that go back."""
        failures = [{"itemIdentifier": identifier} for identifier in self.failures]
        return {**self.counts, "batchItemFailures": failures}

    def info(self, message: str, **details: Any) -> None:
        """Log something worth knowing; *details* hold no personal data."""
        logger_for(self.worker).info(message, extra=self._details(details))

    def warn(self, message: str, **details: Any) -> None:
        """Log something that a person should look at; *details* hold no personal data."""
        logger_for(self.worker).warning(message, extra=self._details(details))

    def error(self, message: str, **details: Any) -> None:
        """Log a failure; *details* hold no personal data."""
        logger_for(self.worker).error(message, extra=self._details(details))

    def _details(self, details: dict[str, Any]) -> dict[str, Any]:
        # Given with each line and never appended to the logger: loggers are shared by name.
        return {
            "correlation_id": self.correlation_id,
            "function_request_id": getattr(self.context, "aws_request_id", None),
            **details,
        }


Proceed = Callable[[Invocation], Response]
Step = Callable[[Invocation, Proceed], Response]
