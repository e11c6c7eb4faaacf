"""boto3 sessions whose credentials cannot leave the machine.

A session is shared by every world and environment of the process: making the first client of a
session takes a tenth of a second, and a session holds nothing of a handler's.
"""

from typing import Any

import boto3

from harness.sandbox.librarystate import begin_with

_shared: dict[str, boto3.Session] = {}
_boto3: Any = boto3


def shared_session(region: str) -> boto3.Session:
    """Return the process's session for *region*."""
    if region not in _shared:
        _shared[region] = boto3.Session(
            aws_access_key_id="simulated",
            aws_secret_access_key="simulated",  # noqa: S106 - it opens nothing
            region_name=region,
        )
    return _shared[region]


class DefaultSession:
    """Makes the shared session boto3's default one while a world is open."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._outer: Any = None

    def install(self) -> None:
        """Put the shared session in the place of the caller's own."""
        self._outer = _boto3.DEFAULT_SESSION
        _boto3.DEFAULT_SESSION = session = shared_session(self._region)
        # `boto3.setup_default_session` in one environment is seen in no other.
        begin_with(("boto3", "DEFAULT_SESSION"), session)

    def remove(self) -> None:
        """Put the caller's own back."""
        _boto3.DEFAULT_SESSION = self._outer
