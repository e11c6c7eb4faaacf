"""Where `requests` meets the partners: one patch, laid by the `responses` library.

An adapter that repeats calls by itself is left alone where its sockets lead to the partners too.

The patch is process-wide and laid once, however many worlds are active; the world that was
activated last answers.  The library's own list of calls is kept empty, for it would hold every
request and every response of a run.
"""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import requests
from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectTimeout, ReadTimeout
from responses import BaseResponse, Call, CallbackResponse, CallList, RequestsMock
from responses.registries import FirstMatchRegistry
from urllib3.util import Timeout

from harness.errors import UnsupportedError
from harness.fakehttp.arrival import Arrival
from harness.fakehttp.partner import UnansweredError
from harness.fakehttp.reply import Reply
from harness.kernel.instant import Duration, Instant, in_seconds, seconds

Answer = Callable[[Arrival], Reply]


class Interception:
    """One world's claim on what `requests` sends."""

    def __init__(
        self, answer: Answer, now: Callable[[], Instant], has_sockets: Callable[[], bool]
    ) -> None:
        self.response = _WorldResponse(answer)
        self.now = now
        self.has_sockets = has_sockets

    def start(self) -> None:
        """Claim every request from now on."""
        if self not in _ACTIVE:
            if not _ACTIVE:
                _MOCK.start()
                _STOPWATCH.start()
            _ACTIVE.append(self)

    def stop(self) -> None:
        """Give the claim up; worlds may stop in any order."""
        if self in _ACTIVE:
            _ACTIVE.remove(self)
            if not _ACTIVE:
                _STOPWATCH.stop()
                _MOCK.stop()


class _ForgetfulCallList(CallList):
    """Keeps no call: a partner's own list has what may be shown."""

    def add(self, request: PreparedRequest, response: Any) -> None:
        """Forget the call."""

    def add_call(self, call: Call) -> None:
        """Forget the call."""


class _WorldResponse(CallbackResponse):
    """The answer to whatever is sent while a world is active."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        super().__init__("*", "http://world", self._reply, content_type=None)
        self._calls = _ForgetfulCallList()

    def _reply(self, request: PreparedRequest) -> tuple[int, list[tuple[str, str]], bytes]:
        try:
            reply = self._answer(arrival_of(request))
        except UnansweredError as unanswered:
            raise _as_requests_error(unanswered, request) from None
        return reply.status, list(reply.headers), reply.body


class _WorldRegistry(FirstMatchRegistry):
    """Finds the innermost active world, whatever the request."""

    def find(
        self,
        request: PreparedRequest,  # noqa: ARG002 - the interface of the library
    ) -> tuple[BaseResponse | None, list[str]]:
        """Return the response of the world that was activated last."""
        return _ACTIVE[-1].response, []


class _WorldMock(RequestsMock):
    """The library's patch, without its memory."""

    def __init__(self) -> None:
        super().__init__(assert_all_requests_are_fired=False, registry=_WorldRegistry)
        self._calls = _ForgetfulCallList()

    def unbound_on_send(self) -> Any:
        """Return what stands in for `HTTPAdapter.send`."""
        send = super().unbound_on_send()

        def send_or_refuse(
            adapter: HTTPAdapter, request: PreparedRequest, *args: Any, **kwargs: Any
        ) -> Any:
            # The library would repeat a status, but neither wait before nor repeat a lost call.
            if adapter.max_retries.total is None or adapter.max_retries.total > 0:
                if _ACTIVE[-1].has_sockets():
                    return _REAL_SEND(adapter, request, *args, **kwargs)
                raise UnsupportedError(
                    "requests: an HTTPAdapter with max_retries is not modelled outside of handlers; "
                    "repeat the call in the code that makes it"
                )
            return send(adapter, request, *args, **kwargs)

        return send_or_refuse


def arrival_of(request: PreparedRequest) -> Arrival:
    """Return *request* as it reaches a partner, with the time-outs that its sender gave."""
    parts = urlsplit(str(request.url))
    host = (parts.hostname or "").lower()
    default_port = {"http": 80, "https": 443}.get(parts.scheme)
    if parts.port is not None and parts.port != default_port:
        host = f"{host}:{parts.port}"
    # The library notes on the request what the sender told the adapter.
    settings: dict[str, Any] = getattr(request, "req_kwargs", {})
    connect_timeout, read_timeout = _timeouts(settings.get("timeout"))
    return Arrival(
        method=str(request.method),
        url=f"{parts.scheme}://{host}",
        path=parts.path or "/",
        query=parts.query,
        headers={_text(name).lower(): _text(value) for name, value in request.headers.items()},
        body=_body(request.body),
        connect_timeout=connect_timeout,
        read_timeout=read_timeout,
    )


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _body(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    return b"".join(body)


def _timeouts(timeout: Any) -> tuple[Duration | None, Duration | None]:
    """Return the connect and the read time-out of what `requests` calls *timeout*."""
    if isinstance(timeout, Timeout):
        timeout = (timeout.connect_timeout, timeout.read_timeout)
    connect, read = timeout if isinstance(timeout, tuple) else (timeout, timeout)
    return _duration(connect), _duration(read)


def _duration(timeout: Any) -> Duration | None:
    return seconds(timeout) if isinstance(timeout, int | float) else None


def _as_requests_error(
    unanswered: UnansweredError, request: PreparedRequest
) -> requests.ConnectionError | requests.Timeout:
    """Return what `requests` raises; its text names no URL, since that may hold a secret."""
    match unanswered.ending:
        case "no answer":
            return ReadTimeout("Read timed out.", request=request)
        case "no connection":
            return ConnectTimeout("Connection timed out.", request=request)
        case _:
            return requests.ConnectionError(
                "('Connection aborted.', RemoteDisconnected('Remote end closed connection "
                "without response'))",
                request=request,
            )


def _world_seconds() -> float:
    """Return the innermost world's clock, from which `requests` takes a response's `elapsed`."""
    return in_seconds(Duration(_ACTIVE[-1].now()))


_ACTIVE: list[Interception] = []
_REAL_SEND = HTTPAdapter.send
_MOCK = _WorldMock()
_STOPWATCH = patch("requests.sessions.preferred_clock", new=_world_seconds)
