"""A mood as an author writes it: ``{status: 429, retry_after: 2s, times: 3}``.

Its own module, because the words of an author change more often than what a mood is.
"""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any

from harness.fakehttp.durations import duration_from
from harness.fakehttp.moods import Mood

_ENDINGS = ("status", "drops", "times_out", "garbage")


def mood_from(what: Mapping[str, Any]) -> Mood:
    """Return the mood that an author describes; ValueError names what cannot be understood.

    >>> mood_from({"status": 429, "retry_after": "2s", "times": 1}).headers
    {'Retry-After': '2'}
    """
    for name in what:
        if name not in _WORDS:
            near = get_close_matches(name, _WORDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(_WORDS)}"
            raise ValueError(f"a mood has no {name!r}; {hint}")
    fields: dict[str, Any] = {}
    for name, value in what.items():
        field, read = _WORDS[name]
        fields[field] = read(value)
    headers: dict[str, str] = fields.setdefault("headers", {})
    if (retry_after := fields.pop("retry_after", None)) is not None:
        headers["Retry-After"] = retry_after
    mood = Mood(**fields)
    _check(mood, [name for name in _ENDINGS if what.get(name)])
    return mood


def _check(mood: Mood, endings: list[str]) -> None:
    if len(endings) > 1:
        raise ValueError(f"a mood ends a call in one way only, not by {' and '.join(endings)}")
    if not endings and not mood.delay:
        raise ValueError(f"a mood needs one of slow, {', '.join(_ENDINGS)}")
    if mood.status is None and (mood.headers or mood.body is not None):
        raise ValueError("headers, retry_after and body need a status beside them")


def _status(value: Any) -> int:
    try:
        return HTTPStatus(value).value
    except ValueError as error:
        raise ValueError(f"status {value!r} is not an HTTP status; write 503, say") from error


def _retry_after(value: Any) -> str:
    # A bare number means seconds, as it does in the header itself.
    if isinstance(value, int):
        return str(value)
    return str(-(-duration_from(value, name="retry_after") // 1_000_000))


def _slow(value: Any) -> int:
    return duration_from(value, name="slow")


def _drops(value: Any) -> str | None:
    return _flag_or_word("drops", value, "before", "after")


def _times_out(value: Any) -> str | None:
    return _flag_or_word("times_out", value, "read", "connect")


def _flag_or_word(name: str, value: Any, usual: str, other: str) -> str | None:
    if value in (usual, other):
        return str(value)
    if isinstance(value, bool):
        return usual if value else None
    raise ValueError(f"{name} {value!r} is not known; write true, {usual} or {other}")


def _headers(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError(f"headers {value!r} are not a mapping of names to values")  # noqa: TRY004 - the author's mistake, like the others here
    return {str(name): str(text) for name, text in value.items()}


def _pattern(value: Any) -> re.Pattern[str]:
    try:
        return re.compile(str(value))
    except re.error as error:
        raise ValueError(f"{value!r} is not a regular expression: {error}") from error


def _times(value: Any) -> int | None:
    return None if value == "forever" else _count(value)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is not a count; write a whole number, 0 or more")
    return value


_WORDS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "status": ("status", _status),
    "retry_after": ("retry_after", _retry_after),
    "headers": ("headers", _headers),
    "body": ("body", str),
    "slow": ("delay", _slow),
    "drops": ("drops", _drops),
    "times_out": ("times_out", _times_out),
    "garbage": ("is_garbage", bool),
    "method": ("method", _pattern),
    "path": ("path", _pattern),
    "times": ("times", _times),
    "skip": ("skip", _count),
}
