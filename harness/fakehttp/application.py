"""What a faked partner is: a WSGI application, and what it may offer beyond that."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Protocol
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from harness.fakehttp.masking import mask_segments
from harness.fakehttp.reply import Reply


class PartnerApplication(Protocol):
    """A WSGI application with state; a plain one, without the last four, may be mounted too."""

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse, /
    ) -> Iterable[bytes]:
        """Answer one request; ``environ["harness.now"]`` is the instant in microseconds."""
        ...

    def load(self, state: Mapping[str, Any]) -> None:
        """Take what a scenario gives; ValueError names the keys it knows."""
        ...

    def view(self) -> dict[str, Any]:
        """Return the state as JSON, nothing private in it."""
        ...

    def bad_day(self, status: int) -> tuple[int, Mapping[str, str], str]:
        """Return status, headers and body of this partner's own *status* answer."""
        ...

    def mask_path(self, path: str) -> str:
        """Return *path* without anything secret or personal in it."""
        ...


def load(application: WSGIApplication, name: str, state: Mapping[str, Any]) -> None:
    """Hand *state* to the application called *name*."""
    method = getattr(application, "load", None)
    if method is None:
        raise ValueError(f"partner {name!r} takes no state: its application has no load(state)")
    method(state)


def view(application: WSGIApplication) -> dict[str, Any]:
    """Return the application's state; a plain WSGI application has none to show."""
    method = getattr(application, "view", None)
    return {} if method is None else dict(method())


def bad_day(application: WSGIApplication, status: int) -> Reply:
    """Return the answer *status* in the application's own words, or in plain JSON."""
    method = getattr(application, "bad_day", None)
    if method is None:
        phrase = HTTPStatus(status).phrase
        headers: Mapping[str, str] = {"Content-Type": "application/json"}
        body = json.dumps({"message": phrase})
    else:
        status, headers, body = method(status)
    return Reply(status, tuple(headers.items()), body.encode())


def mask_path(application: WSGIApplication, path: str) -> str:
    """Return *path* as it may be shown: by the application's own rule, or by a careful one."""
    method = getattr(application, "mask_path", None)
    return mask_segments(path) if method is None else str(method(path))
