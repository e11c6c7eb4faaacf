"""The session that is boto3's default one while a mock lasts.

A fresh session reads botocore's data files anew, which takes longer than most tests.  All mocks
whose environment is the same share one, for the credentials in it are the same too.
"""

import os
from typing import Any

import boto3

_DECIDING = (
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_DATA_PATH",
)  # fmt: skip
"""What a session reads from the environment once and for all."""

_sessions: dict[tuple[str | None, ...], Any] = {}


def own_session() -> Any:
    """Return the session of the environment that is in force now."""
    key = tuple(os.environ.get(name) for name in _DECIDING)
    if key not in _sessions:
        _sessions[key] = boto3.Session()
    return _sessions[key]
