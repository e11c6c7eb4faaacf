"""Partners at the other end of a socket: for every client that talks HTTP and is not `requests`.

A socket that is connected to a partner keeps what is sent to it.  Who begins to read lets the request
be answered, as `requests` would have it answered, and reads the answer.  A connection serves one
request, and says so.

Which time-out a client has for connecting is known when it connects, and whether the partner accepts
the call only when there is one: a call that is never accepted ends as one that is never answered,
after the time-out for connecting.
"""

from collections.abc import Callable
from http.client import responses
from io import BytesIO
from socket import socket
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from harness.fakehttp.arrival import Arrival
from harness.fakehttp.partner import UnansweredError
from harness.fakehttp.reply import Reply
from harness.kernel.instant import Duration, seconds

_HEAD_END = b"\r\n\r\n"
_PORTS = {"http": 80, "https": 443}
_BODILESS = (204, 304)


class _Conversation:
    """What one connection has said and heard."""

    def __init__(
        self, answer: Callable[[Arrival], Reply], host: str, port: int, patience: float | None
    ) -> None:
        self.scheme = "http"
        self.host, self.port = host, port
        self.sent = bytearray()
        self._answer = answer
        self._patience = patience
        self._heard: BytesIO | None = None

    def read(self, size: int, patience: float | None) -> bytes:
        """Return the next bytes of the answer, for which the caller waits *patience* seconds."""
        if self._heard is None:
            self._heard = BytesIO(self._exchange(patience))
        return self._heard.read(size)

    def _exchange(self, patience: float | None) -> bytes:
        head, end, body = bytes(self.sent).partition(_HEAD_END)
        if not end:
            return b""  # nobody answers what is no request
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = _headers(lines)
        is_chunked = headers.get("transfer-encoding", "").lower() == "chunked"
        is_usual = self.port == _PORTS[self.scheme]
        parts = urlsplit(target)
        arrival = Arrival(
            method=method,
            url=f"{self.scheme}://{self.host}{'' if is_usual else f':{self.port}'}",
            path=parts.path or "/",
            query=parts.query,
            headers=headers,
            body=_unchunked(body) if is_chunked else body,
            connect_timeout=_duration(self._patience),
            read_timeout=_duration(patience),
        )
        try:
            reply = self._answer(arrival)
        except UnansweredError as unanswered:
            if unanswered.ending == "hung up":
                return b""
            raise TimeoutError("timed out") from None
        return _written(reply, method)


class PartnerSocket(socket):
    """A socket that is connected to a partner, secret or not."""

    __slots__ = ()

    def send(self, data: Any, *_: Any) -> int:
        """Say something."""
        content = bytes(data)
        _conversations[self].sent += content
        return len(content)

    def sendall(self, data: Any, *_: Any) -> None:
        """Say all of it."""
        self.send(data)

    def recv(self, bufsize: int, *_: Any) -> bytes:
        """Hear what comes next."""
        return _conversations[self].read(bufsize, self.gettimeout())

    def recv_into(self, buffer: Any, nbytes: int = 0, *_: Any) -> int:
        """Hear what comes next, into *buffer*."""
        view = memoryview(buffer).cast("B")
        heard = self.recv(nbytes or len(view))
        view[: len(heard)] = heard
        return len(heard)

    def shutdown(self, _how: int) -> None:
        """Say no more."""

    def getpeername(self) -> tuple[str, int]:
        """Return who listens."""
        conversation = _conversations[self]
        return conversation.host, conversation.port

    def selected_alpn_protocol(self) -> None:
        """Speak HTTP/1.1."""

    def version(self) -> str:
        """Return how the secret would be kept."""
        return "TLSv1.3"

    def unwrap(self) -> "PartnerSocket":
        """Go on in the open."""
        return self


_conversations: WeakKeyDictionary[socket, _Conversation] = WeakKeyDictionary()


class PartnerNetwork:
    """The hosts of one world's partners."""

    def __init__(self, urls: list[str], answer: Callable[[Arrival], Reply]) -> None:
        self._places = {_place(url) for url in urls}
        self._answer = answer

    def has(self, host: str, port: int) -> bool:
        """Whether a partner answers there."""
        return (host, port) in self._places

    def connect(self, caller: socket, host: str, port: int) -> None:
        """Let *caller* talk with the partner there."""
        caller.__class__ = PartnerSocket
        _conversations[caller] = _Conversation(self._answer, host, port, caller.gettimeout())

    def secure(self, caller: Any) -> bool:
        """Let the talk be a secret one; whether *caller* talks with a partner at all."""
        if type(caller) is not PartnerSocket:
            return False
        _conversations[caller].scheme = "https"
        return True


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.port or _PORTS[parts.scheme]


def _headers(lines: list[str]) -> dict[str, str]:
    """Return the headers by lower-case name; those that are there twice are joined."""
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        key = name.strip().lower()
        headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    return headers


def _unchunked(body: bytes) -> bytes:
    """Return what was sent in chunks (RFC 9112, section 7.1)."""
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        whole, body = whole + body[:length], body[length + 2 :]
        if not length:
            break
    return whole


def _written(reply: Reply, method: str) -> bytes:
    """Return *reply* as it goes over a wire."""
    has_body = method != "HEAD" and reply.status not in _BODILESS
    kept = [
        pair for pair in reply.headers if pair[0].lower() not in ("connection", "content-length")
    ]
    length = [] if reply.status in _BODILESS else [("Content-Length", str(len(reply.body)))]
    lines = [
        f"HTTP/1.1 {reply.status} {responses.get(reply.status, '')}",
        *(f"{name}: {value}" for name, value in (*kept, *length, ("Connection", "close"))),
    ]
    head = "\r\n".join(lines).encode("latin-1") + _HEAD_END
    return head + (reply.body if has_body else b"")


def _duration(patience: float | None) -> Duration | None:
    return None if patience is None else seconds(patience)
