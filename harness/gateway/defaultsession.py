"""boto3's default session while somebody else answers: put in place, and back."""

from collections.abc import Callable
from typing import Any

import boto3

_boto3: Any = boto3


class DefaultSession:
    """Puts a session of ours in the place of the caller's own, and back."""

    def __init__(self, session: Callable[[], boto3.Session]) -> None:
        self._session = session
        """Asked at every installation, for the environment may be another one by then."""
        self._outer: Any = None

    def install(self) -> None:
        """Put the caller's own session aside."""
        self._outer = _boto3.DEFAULT_SESSION
        _boto3.DEFAULT_SESSION = self._session()

    def remove(self) -> None:
        """Put it back."""
        _boto3.DEFAULT_SESSION = self._outer
