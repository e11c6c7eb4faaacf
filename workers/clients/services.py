"""What a worker reaches the world through, made once in an execution environment."""

from dataclasses import dataclass
from functools import lru_cache

from workers.clients.aws import AwsClients
from workers.clients.partner import HttpClient
from workers.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """AWS and HTTP."""

    aws: AwsClients
    http: HttpClient


@lru_cache(maxsize=1)
def services(settings: Settings) -> Services:
    """Return the clients of this execution environment."""
    return Services(
        AwsClients(settings), HttpClient(timeout_seconds=settings.http_timeout_seconds)
    )
