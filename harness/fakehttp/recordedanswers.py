"""Recorded answers: what a partner service said in production, said again in its order."""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode

from harness.fakehttp.arrival import Arrival
from harness.fakehttp.durations import duration_from
from harness.fakehttp.reply import Reply
from harness.kernel.instant import Duration

_ERROR_STATUS_MIN = 400
_JSON = ("Content-Type", "application/json")


class RecordedAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer; the names are those of a line of a recording."""

    path: str
    """As sent, with its query where that matters, or masked as reports show it."""
    status: int = 200
    method: str = "GET"
    headers: dict[str, str] = {}
    body: Any = None
    """A text as it is; anything else as JSON; none for an empty body."""
    took: str | None = None
    """How long the service took for it, ``120ms``; the partner's latency where it is not known."""

    @property
    def duration(self) -> Duration | None:
        """`took` as a duration."""
        return None if self.took is None else duration_from(self.took, name="took")

    @property
    def is_error(self) -> bool:
        """Whether the service refused, so that nothing came of the call."""
        return self.status >= _ERROR_STATUS_MIN

    def reply(self) -> Reply:
        """Return the answer itself."""
        if self.body is None or isinstance(self.body, str):
            return Reply(self.status, tuple(self.headers.items()), (self.body or "").encode())
        named = {name.lower() for name in self.headers}
        headers = tuple(self.headers.items())
        body = json.dumps(self.body, ensure_ascii=False).encode()
        return Reply(
            self.status, headers if _JSON[0].lower() in named else (*headers, _JSON), body
        )


class RecordedAnswers:
    """The answers of one partner.

    Those to one method and path come in the order in which they were recorded, and the last one
    stays: a run that asks more often than production did is answered as before.
    """

    def __init__(self, answers: Iterable[RecordedAnswer]) -> None:
        self._waiting: dict[tuple[str, str], deque[RecordedAnswer]] = {}
        for answer in answers:
            self._waiting.setdefault((answer.method, answer.path), deque()).append(answer)

    def upcoming(self, arrival: Arrival, masked_path: str) -> RecordedAnswer | None:
        """Return the answer to *arrival*, if one was recorded for its method and path."""
        waiting = self._for(arrival, masked_path)
        return None if waiting is None else waiting[0]

    def spend(self, arrival: Arrival, masked_path: str) -> None:
        """Let the next answer come up, if there is one."""
        waiting = self._for(arrival, masked_path)
        if waiting is not None and len(waiting) > 1:
            waiting.popleft()

    def _for(self, arrival: Arrival, masked_path: str) -> deque[RecordedAnswer] | None:
        if not self._waiting:  # as with most partners
            return None
        for path in (f"{arrival.path}?{arrival.query}", arrival.path, masked_path):
            waiting = self._waiting.get((arrival.method, path))
            if waiting is not None:
                return waiting
        return None


def answers_from(text: str) -> Iterator[RecordedAnswer]:
    """Yield the answers that *text* has, a JSON object in each line; ValueError names the line."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            answer = decode(line, type=RecordedAnswer)
            HTTPStatus(answer.status)
            _ = answer.duration
        except (ValidationError, DecodeError, ValueError) as error:
            raise ValueError(f"line {number}: {error}") from error
        yield answer
