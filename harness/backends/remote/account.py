"""The account of a backend: its services, made from boto3 clients that reach it."""

from collections.abc import Mapping
from typing import Any

from harness.backends.backend import Outside, Services
from harness.backends.findings import Findings
from harness.backends.remote.cloudwatch.connection import CloudWatchConnection
from harness.backends.remote.cloudwatch.service import RemoteCloudWatch
from harness.backends.remote.connection import Connection
from harness.backends.remote.dynamodb.service import RemoteDynamoDB
from harness.backends.remote.dynamodb.streams import RemoteStreams
from harness.backends.remote.kinesis.service import RemoteKinesis
from harness.backends.remote.s3.service import RemoteS3
from harness.backends.remote.sqs.service import RemoteSQS
from harness.services.base.service import Surroundings

SERVICES = ("cloudwatch", "dynamodb", "dynamodbstreams", "kinesis", "s3", "sqs")


def remote_account(  # noqa: PLR0913 - what a backend is made of, all named
    backend: str,
    clients: Mapping[str, Any],
    surroundings: Surroundings,
    outside: Outside,
    findings: Findings,
    *,
    has_virtual_clock: bool,
) -> Services:
    """Return the services behind *clients*, one for each of `SERVICES`."""
    connections = {
        name: Connection(clients[name], backend, outside, findings) for name in SERVICES
    }
    dynamodb: Any = RemoteDynamoDB(
        surroundings,
        connections["dynamodb"],
        connections["dynamodbstreams"],
        has_virtual_clock=has_virtual_clock,
    )
    kinesis: Any = RemoteKinesis(surroundings, connections["kinesis"])
    sqs: Any = RemoteSQS(surroundings, connections["sqs"], has_virtual_clock=has_virtual_clock)
    s3: Any = RemoteS3(surroundings, connections["s3"])
    cloudwatch: Any = RemoteCloudWatch(
        CloudWatchConnection(clients["cloudwatch"], backend, outside, findings),
        has_virtual_clock=has_virtual_clock,
    )
    # They have the face of the engines, as far as a world looks at it.
    return Services(
        dynamodb=dynamodb,
        dynamodbstreams=RemoteStreams(connections["dynamodbstreams"]),
        kinesis=kinesis,
        sqs=sqs,
        s3=s3,
        cloudwatch=cloudwatch,
    )
