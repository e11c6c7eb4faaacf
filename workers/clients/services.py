"""What a worker reaches the world through, made once in an execution environment."""

from functools import lru_cache

import msgspec

from workers.clients.aws import AwsClients
from workers.clients.partner import HttpClient
from workers.settings import Settings


class Services(msgspec.Struct, frozen=True):
    """AWS and HTTP."""

    aws: AwsClients
    http: HttpClient


@lru_cache(maxsize=1)
def services(settings: Settings) -> Services:
    """Return the clients of this execution environment."""
    return Services(
        AwsClients(settings), HttpClient(timeout_seconds=settings.http_timeout_seconds)
    )
