"""Asking an emulator over plain HTTP, beside boto3: whether it answers, and that it forgets."""

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from harness.backends.lacking import BackendError


def status_of(method: str, endpoint_url: str, path: str, *, backend: str, patience: float) -> int:
    """Return the HTTP status of the answer; BackendError if none comes within *patience* seconds."""
    parts = urlsplit(endpoint_url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.hostname or "127.0.0.1", parts.port, timeout=patience)
    try:
        connection.request(method, path)
        return connection.getresponse().status
    except (OSError, HTTPException) as error:
        why = str(error) or type(error).__name__
        raise BackendError(
            f"backend {backend}: nothing answers at {endpoint_url}: {why}"
        ) from error
    finally:
        connection.close()
