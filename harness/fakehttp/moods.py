"""Moods: how a partner behaves on a bad day, as data, and which call it strikes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from harness.kernel.instant import Duration


@dataclass(frozen=True, slots=True)
class Mood:
    """One way to behave badly.  With *delay* alone a partner is slow and does its work.

    It strikes the calls whose method and path match: after the first *skip* of them, *times* of
    them.
    """

    status: int | None = None
    """Answers with this status and does nothing."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Beside those of the partner's own wording, ``Retry-After`` for example."""
    body: str | None = None
    """Instead of the partner's own wording."""
    delay: Duration = field(default=Duration(0))
    """Comes on top of the usual latency, whatever else happens."""
    drops: Literal["before", "after"] | None = None
    """Hangs up before or after it has done its work."""
    times_out: Literal["connect", "read"] | None = None
    """Never accepts the connection, or accepts it and never answers; does nothing either way."""
    is_garbage: bool = False
    """Answers 200 with something that no client understands, and does nothing."""
    method: re.Pattern[str] | None = None
    path: re.Pattern[str] | None = None
    skip: int = 0
    times: int | None = None
    """None: for ever."""

    def concerns(self, method: str, path: str) -> bool:
        """Whether a call of *method* and *path* is one of those the mood is about."""
        return (self.method is None or self.method.fullmatch(method) is not None) and (
            self.path is None or self.path.search(path) is not None
        )

    def strikes(self, seen: int) -> bool:
        """Whether the mood strikes a call, having *seen* so many others that concern it."""
        return self.skip <= seen and (self.times is None or seen < self.skip + self.times)
