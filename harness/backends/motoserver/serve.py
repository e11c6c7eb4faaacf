"""moto's server over connections that are kept.

``serve.py`` alone tells its free port on standard output, and ends when its parent does;
``serve.py HOST`` answers there on ``MOTO_PORT``, which is how a container runs it.
"""

import os
import sys
from functools import cache
from io import BytesIO
from threading import Thread
from typing import Any

import moto.backends
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.exceptions import InternalServerError
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

_backends: Any = moto.backends


class KeptConnection(MotoRequestHandler):
    """Answers all requests of a connection; werkzeug's own takes one and hangs up.

    A request is read to its end before it is looked at, so nothing of it is left before the next.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else 40 ms for the acknowledgement of each answer's head
    wbufsize = -1

    def run_wsgi(self) -> None:
        """Answer one request."""
        if self.headers.get("Expect", "").strip().lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        environ = self.make_environ()
        length = self.headers.get("Content-Length")
        if length is not None:
            environ["wsgi.input"] = BytesIO(self.rfile.read(int(length)))
        elif environ.get("wsgi.input_terminated"):  # in chunks
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read())
        else:
            environ["wsgi.input"] = BytesIO()
        try:
            body, status, headers = run_wsgi_app(self.server.app, environ, buffered=True)
        except Exception as error:  # noqa: BLE001 - whatever moto stumbles over is its answer
            body, status, headers = run_wsgi_app(InternalServerError(str(error)), environ)
        self._write(status, list(headers), b"".join(body))

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def _write(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        names = {name.lower() for name, _ in headers}
        if "content-length" not in names and int(code) not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()


def make(host: str, port: int) -> Any:
    """Return the server; port 0 is a free one."""
    # moto lists its own folder for every request.
    modules = cache(lambda list_modules=_backends.list_of_moto_modules: tuple(list_modules()))
    _backends.list_of_moto_modules = modules
    application = DomainDispatcherApplication(create_backend_app)
    return make_server(host, port, application, threaded=True, request_handler=KeptConnection)


def serve_parent() -> None:
    """Answer until standard input ends."""
    server = make("127.0.0.1", 0)
    Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make(sys.argv[1], int(os.environ["MOTO_PORT"])).serve_forever()
    else:
        serve_parent()
