"""boto3 sessions whose credentials cannot leave the machine.

A session is shared by every world and environment of the process: making the first client of a
session takes a tenth of a second, and a session holds nothing of a handler's.
"""

import boto3

from harness.gateway.defaultsession import DefaultSession
from harness.sandbox.librarystate import begin_with

_shared: dict[str, boto3.Session] = {}


def shared_session(region: str) -> boto3.Session:
    """Return the process's session for *region*."""
    if region not in _shared:
        _shared[region] = boto3.Session(
            aws_access_key_id="simulated",
            aws_secret_access_key="simulated",  # noqa: S106 - it opens nothing
            region_name=region,
        )
    return _shared[region]


def default_session(region: str) -> DefaultSession:
    """Return what makes the shared session boto3's default one while a world is open."""

    def begin() -> boto3.Session:
        session = shared_session(region)
        # `boto3.setup_default_session` in one environment is seen in no other.
        begin_with(("boto3", "DEFAULT_SESSION"), session)
        return session

    return DefaultSession(begin)
