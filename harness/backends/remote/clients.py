"""boto3 clients that reach a backend: no retries of their own, for the gateway retries."""

from collections.abc import Mapping
from typing import Any

import boto3
from botocore.config import Config

from harness.backends.remote.account import SERVICES


def make_clients(
    region: str, access_key: str, urls: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return a client for each service, at the URL it has in *urls* or at AWS's own names.

    moto does not answer at the endpoints that carry an account's number, and an emulator has no
    names for buckets.
    """
    config = Config(
        account_id_endpoint_mode="disabled",
        retries={"total_max_attempts": 1, "mode": "standard"},
        s3={"addressing_style": "path"},
        parameter_validation=False,  # the gateway has seen to it
        connect_timeout=10,
        read_timeout=60,
    )
    session = boto3.Session(
        aws_access_key_id=access_key,
        aws_secret_access_key="simulated",  # noqa: S106 - it opens nothing
        region_name=region,
    )
    return {
        service: session.client(service, config=config, endpoint_url=(urls or {}).get(service))  # type: ignore[call-overload]  # any service name
        for service in SERVICES
    }
