"""Emptying a moto server: its own endpoint for that."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from harness.backends.lacking import BackendError

_OK = 200


def reset(endpoint_url: str) -> None:
    """Let the moto server at *endpoint_url* forget everything."""
    parts = urlsplit(endpoint_url)
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=10)
    try:
        connection.request("POST", "/moto-api/reset")
        status = connection.getresponse().status
    except OSError as error:
        raise BackendError(f"no moto server answers at {endpoint_url}: {error}") from error
    finally:
        connection.close()
    if status != _OK:
        raise BackendError(f"the moto server at {endpoint_url} cannot be emptied: HTTP {status}")
