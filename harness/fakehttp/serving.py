"""The same partners on a real port, for backends whose workers run in another process."""

import socket
from collections.abc import Iterable
from threading import Thread
from typing import Self
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.serving import WSGIRequestHandler, make_server

from harness.fakehttp.arrival import Arrival
from harness.fakehttp.partner import Partner, UnansweredError
from harness.fakehttp.reply import Reply


class _QuietRequestHandler(WSGIRequestHandler):
    """Logs nothing: a request line may hold a webhook's secret or a phone number."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - as werkzeug names it
        """Say nothing."""


class Served:
    """One partner behind a port of its own.  One call at a time: a fake is not thread-safe."""

    def __init__(self, partner: Partner, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._partner = partner
        self._server = make_server(host, port, self, request_handler=_QuietRequestHandler)
        self.url = f"http://{host}:{self._server.server_port}{partner.path}"
        self._thread = Thread(target=self._server.serve_forever, name=f"partner {partner.name}")
        self._thread.daemon = True
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Free the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse, /
    ) -> Iterable[bytes]:
        """Answer one request as the partner's mood has it, or cut the connection."""
        try:
            reply = self._partner.answer(arrival_of(environ, url=self.url))
        except UnansweredError:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            reply = Reply(500, (), b"")
        start_response(f"{reply.status} ", list(reply.headers))
        return [reply.body]


def arrival_of(environ: WSGIEnvironment, *, url: str) -> Arrival:
    """Return the request that werkzeug's server received; how long its sender waits is unknown."""
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    if content_type := environ.get("CONTENT_TYPE"):
        headers["content-type"] = content_type
    return Arrival(
        method=environ["REQUEST_METHOD"],
        url=url,
        path=environ["REQUEST_URI"].partition("?")[0],
        query=environ.get("QUERY_STRING", ""),
        headers=headers,
        body=environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)),
    )
