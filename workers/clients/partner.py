"""A call to a partner service over HTTP, with a time limit and without a leak.

The text of an exception from `requests` holds the whole address: a webhook's secret or a phone
number.  So none leaves this module, not even as the cause of another.
"""

import logging
import re
from typing import Any

import requests

from workers.errors import PermanentError, RetryableError, UncertainError

CONNECT_SECONDS = 3
_FIRST_REDIRECTION = 300
_NOT_FOUND = 404
_TOO_MANY_REQUESTS = 429
_WORTH_ANOTHER_TRY = frozenset({408, 425, _TOO_MANY_REQUESTS})
_FIRST_SERVER_ERROR = 500
_is_seconds = re.compile(r"[0-9]{1,9}").fullmatch


class HttpClient:
    """One session for an execution environment; each call is bounded in time."""

    def __init__(self, *, timeout_seconds: float, session: requests.Session | None = None) -> None:
        self._session = session or _a_session()
        self._timeout = (CONNECT_SECONDS, timeout_seconds)
        self.call_seconds = sum(self._timeout)
        """How long a call may take that is never answered."""

    def call(
        self, partner: str, method: str, url: str, *, correlation_id: str, **parameters: Any
    ) -> requests.Response | None:
        """Return the answer to one request; None when the partner answers 404.

        *parameters* are those of `requests.Session.request`.  Raises UncertainError for no answer
        and 5xx, RetryableError for no connection, 429 and its like, and PermanentError for any
        other refusal.
        """
        if not url.startswith(("https://", "http://")):
            raise PermanentError(f"{partner} has no address")
        headers = {"x-correlation-id": correlation_id, **parameters.pop("headers", {})}
        try:
            response = self._session.request(
                method,
                url,
                headers=headers,
                timeout=self._timeout,
                # Tokens and numbers go to the address that was deployed, and nowhere else.
                allow_redirects=False,
                **parameters,
            )
        except requests.ConnectTimeout:
            # Nothing was sent, so nothing can have been done.
            raise RetryableError(f"{partner} did not answer: ConnectTimeout") from None
        except requests.RequestException as error:
            problem = type(error).__name__
            raise UncertainError(f"{partner} did not answer: {problem}") from None
        status = response.status_code
        if status == _NOT_FOUND:
            return None
        if status < _FIRST_REDIRECTION:
            return response
        if status >= _FIRST_SERVER_ERROR:
            raise UncertainError(f"{partner} answered {status}")
        if status in _WORTH_ANOTHER_TRY:
            wait = _retry_after(response) if status == _TOO_MANY_REQUESTS else None
            raise RetryableError(f"{partner} answered {status}", retry_after_seconds=wait)
        raise PermanentError(f"{partner} answered {status}")


def _a_session() -> requests.Session:
    """Return a session that takes nothing from the machine around it.

    A ``.netrc`` would replace our credentials, and looking for one and for proxies takes a fifth of
    a call's own time.  And a level of the log that is set from outside would have each address
    written down.
    """
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    session = requests.Session()
    session.trust_env = False
    return session


def _retry_after(response: requests.Response) -> int:
    """Return the seconds in Retry-After; a date there, which may also be, counts as nothing said."""
    text = response.headers.get("Retry-After", "")
    return int(text) if _is_seconds(text) else 0


def json_object(partner: str, response: requests.Response) -> dict[str, Any]:
    """Return the JSON object in *response*; raises RetryableError when there is none."""
    try:
        document = response.json()
    except requests.JSONDecodeError:
        raise RetryableError(f"{partner} answered with something else than JSON") from None
    if not isinstance(document, dict):
        raise RetryableError(f"{partner} answered with JSON that is no object")
    return document


def bearer(token: str) -> dict[str, str]:
    """Return the header that our own services want."""
    return {"Authorization": f"Bearer {token}"}
