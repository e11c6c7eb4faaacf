"""The clients of AWS."""

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from workers.clients.aws import CALL_SECONDS, AwsClients, error_code, item_that_refused
from workers.tests.fakes.dynamodb import client_error
from workers.tests.fakes.services import some_settings


@pytest.mark.parametrize(
    ("name", "service"),
    [(name, name) for name in ("s3", "kinesis", "dynamodb", "sqs")] + [("functions", "lambda")],
)
def test_a_client_waits_for_a_known_time_and_repeats_what_it_was_told(
    name: str, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One attempt by default, and a connection for each thread of a batch."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    clients = AwsClients(some_settings(WRITE_CONCURRENCY="7"))
    patient = AwsClients(some_settings(MAX_RETRY_COUNT="2"))

    config: Any = getattr(clients, name).meta.config

    assert getattr(clients, name) is getattr(clients, name)
    assert getattr(clients, name).meta.service_model.service_name == service
    assert config.connect_timeout + config.read_timeout == CALL_SECONDS == 12
    assert config.max_pool_connections == 7
    assert config.retries["total_max_attempts"] == 1
    assert getattr(patient, name).meta.config.retries["total_max_attempts"] == 3


def test_an_error_is_told_by_its_code_or_its_class() -> None:
    """Never by its text."""
    assert error_code(client_error("ThrottlingException")) == "ThrottlingException"
    assert error_code(EndpointConnectionError(endpoint_url="x")) == "EndpointConnectionError"


def test_a_refused_write_may_show_the_item_that_refused_it() -> None:
    """If it asked for it, and there was one."""
    item = {"PK": {"S": "a"}}

    assert item_that_refused(client_error("ConditionalCheckFailedException", Item=item)) == item
    assert item_that_refused(client_error("ConditionalCheckFailedException")) is None
    assert item_that_refused(EndpointConnectionError(endpoint_url="x")) is None
