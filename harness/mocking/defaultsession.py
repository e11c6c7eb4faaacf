"""boto3's default session while a mock lasts.

A fresh session reads botocore's data files anew, which takes longer than most tests.  All mocks
whose environment is the same share one, for the credentials in it are the same too.
"""

import os
from typing import Any

import boto3

_boto3: Any = boto3

_DECIDING = (
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_DATA_PATH",
)  # fmt: skip
"""What a session reads from the environment once and for all."""

_sessions: dict[tuple[str | None, ...], Any] = {}


class DefaultSession:
    """Puts a session of ours in the place of the caller's, and back."""

    def __init__(self) -> None:
        self._outer: Any = None

    def install(self) -> None:
        """Put the caller's own session aside."""
        self._outer = _boto3.DEFAULT_SESSION
        key = tuple(os.environ.get(name) for name in _DECIDING)
        if key not in _sessions:
            _sessions[key] = boto3.Session()
        _boto3.DEFAULT_SESSION = _sessions[key]

    def remove(self) -> None:
        """Put it back."""
        _boto3.DEFAULT_SESSION = self._outer
