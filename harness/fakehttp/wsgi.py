"""Asking a WSGI application: a request in, an answer out, in the caller's own thread."""

import sys
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication, WSGIEnvironment

from harness.fakehttp.arrival import Arrival
from harness.fakehttp.reply import Reply
from harness.kernel.instant import Instant

NOW_KEY = "harness.now"
"""Where an application reads the present instant, in microseconds, from its environ."""


def environ_of(arrival: Arrival, *, mounted_at: str, now: Instant) -> WSGIEnvironment:
    """Return the WSGI environ of *arrival* for an application mounted at the path *mounted_at*."""
    scheme, _, host = arrival.url.partition("://")
    name, _, port = host.partition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": arrival.method,
        "SCRIPT_NAME": mounted_at,
        # WSGI carries the decoded bytes of a path as latin-1 text (PEP 3333).
        "PATH_INFO": unquote_to_bytes(arrival.path[len(mounted_at) :]).decode("latin-1"),
        "QUERY_STRING": arrival.query,
        "SERVER_NAME": name,
        "SERVER_PORT": port or ("443" if scheme == "https" else "80"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(arrival.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(arrival.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        NOW_KEY: now,
    }
    for header, value in arrival.headers.items():
        if header == "content-type":
            environ["CONTENT_TYPE"] = value
        elif header != "content-length":
            environ["HTTP_" + header.upper().replace("-", "_")] = value
    environ.setdefault("HTTP_HOST", host)
    return environ


def ask(application: WSGIApplication, environ: WSGIEnvironment) -> Reply:
    """Return what *application* answers."""
    started: list[tuple[str, list[tuple[str, str]]]] = []
    written: list[bytes] = []

    def start_response(
        status: str,
        headers: list[tuple[str, str]],
        exc_info: Any = None,  # noqa: ARG001 - part of WSGI's signature
        /,
    ) -> Any:
        started.append((status, headers))
        return written.append

    parts = application(environ, start_response)
    try:
        written.extend(parts)
    finally:
        if (close := getattr(parts, "close", None)) is not None:
            close()
    status, headers = started[-1]
    return Reply(int(status[:3]), tuple(headers), b"".join(written))
