"""Calls that make event source mappings."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from harness.tests.world.awslambda.account import (
    STREAM_ARN,
)
from harness.world.world import World

RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "event_source_mapping/"
)


CREATE = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"


def create(world: World, **parameters: Any) -> dict[str, Any]:
    """Create a mapping from the stream to the worker, unless *parameters* say otherwise."""
    defaults: dict[str, Any] = {"FunctionName": "worker", "EventSourceArn": STREAM_ARN}
    if parameters.get("EventSourceArn", STREAM_ARN) == STREAM_ARN:
        defaults["StartingPosition"] = "TRIM_HORIZON"
    wanted = {name: value for name, value in (defaults | parameters).items() if value is not None}
    created: dict[str, Any] = world.client("lambda").create_event_source_mapping(**wanted)
    return created


def refusal(world: World, **parameters: Any) -> dict[str, Any]:
    """Create a mapping that must be refused; return the response."""
    with pytest.raises(ClientError) as caught:
        create(world, **parameters)
    response: dict[str, Any] = dict(caught.value.response)
    return response
