"""The machines of SQS, Kinesis and DynamoDB Streams draw all that both sides know."""

import inspect
import re
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from moto.dynamodbstreams.responses import DynamoDBStreamsHandler
from moto.kinesis.responses import KinesisResponse
from moto.sqs.responses import SQSResponse

from harness.services.dynamodb.streams.operations import registry
from harness.services.kinesis import service as kinesis
from harness.services.sqs import service as sqs
from harness.tests.differential.peers import snake

SERVICES = (
    pytest.param("sqs", sqs.OPERATIONS, SQSResponse, "sqs", id="sqs"),
    pytest.param("kinesis", kinesis.OPERATIONS, KinesisResponse, "kinesis", id="kinesis"),
    pytest.param(
        "dynamodbstreams", registry.OPERATIONS, DynamoDBStreamsHandler, "changes", id="streams"
    ),
)


def _said_by(machines: str) -> str:
    """Return the text of the machines whose files begin with *machines*."""
    folder = Path(__file__).parent
    return "".join(path.read_text() for path in sorted(folder.glob(f"{machines}*.py")))


@pytest.mark.parametrize(("service", "operations", "moto", "machines"), SERVICES)
def test_a_machine_draws_every_operation_that_both_sides_have(
    service: str, operations: dict[str, Any], moto: type, machines: str
) -> None:
    """And of each every parameter that moto reads."""
    said = _said_by(machines)
    model = botocore.session.get_session().get_service_model(service)
    missing = []
    for operation in operations:
        theirs = getattr(moto, snake(operation), None)
        if theirs is None:
            continue
        read = inspect.getsource(theirs)
        shape = model.operation_model(operation).input_shape
        members = [] if shape is None else list(shape.members)
        wanted = [operation, *(name for name in members if f'"{name}"' in read)]
        missing += [
            f"{operation} {name}" for name in wanted if not re.search(rf"\b{name}\b", said)
        ]

    assert not missing
