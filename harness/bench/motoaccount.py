"""The account in moto: the template's resources, created through boto3."""

from collections.abc import Iterator, Mapping
from typing import Any

import boto3
from botocore.config import Config

from harness.services.base.identity import Identity
from harness.world.resources import create_resources
from harness.world.topology import Topology

_SERVICES = ("dynamodb", "dynamodbstreams", "kinesis", "s3", "sqs")


class Account:
    """Clients of each service, with which the bench does what AWS would do by itself."""

    def __init__(self, identity: Identity) -> None:
        # moto does not answer at the endpoints that carry an account's number.
        config = Config(account_id_endpoint_mode="disabled")
        session = boto3.Session(
            aws_access_key_id="simulated",
            aws_secret_access_key="simulated",  # noqa: S106 - it opens nothing
            region_name=identity.region,
        )
        self.clients: dict[str, Any] = {
            service: session.client(service, config=config)  # type: ignore[call-overload]  # any service name
            for service in _SERVICES
        }

    def create(self, topology: Topology, now: Any) -> None:
        """Create what the template declares."""
        services = {name: _Creating(client) for name, client in self.clients.items()}
        create_resources(topology, services, now)

    def items(self, table_name: str) -> Iterator[Mapping[str, Any]]:
        """Return every item of a table."""
        for page in self.clients["dynamodb"].get_paginator("scan").paginate(TableName=table_name):
            yield from page["Items"]


class _Creating:
    """A client in the shape of an engine, for `create_resources`."""

    def __init__(self, client: Any) -> None:
        self.operations = _Operations(client)


class _Operations(dict[str, Any]):
    """A client's methods by AWS's name of the operation."""

    def __init__(self, client: Any) -> None:
        methods = {
            operation: getattr(client, method)
            for method, operation in client.meta.method_to_api_mapping.items()
        }
        super().__init__(
            {
                operation: lambda _engine, parameters, _now, call=call: call(**parameters)
                for operation, call in methods.items()
            }
        )
