"""Our engine and moto side by side: real boto3 clients, one clock, every call made twice."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any, NoReturn
from unittest.mock import patch

import boto3
import time_machine
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from moto import mock_aws

from harness.errors import UnsupportedError
from harness.gateway.gateway import Gateway
from harness.kernel.entropy import Entropy
from harness.kernel.faultpoints import NoFaults
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant, later, seconds, to_datetime
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.service import Surroundings
from harness.services.cloudwatch.service import CloudWatch
from harness.services.dynamodb.service import DynamoDB
from harness.services.dynamodb.streams.service import DynamoDBStreams
from harness.services.kinesis.service import Kinesis
from harness.services.s3.service import S3
from harness.services.sqs.service import SQS

START = Instant(1_767_603_600_000_000)
"""2026-01-05T09:00:00Z."""

_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands for one thing on both sides: an id, a receipt handle, an iterator."""

    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Answer:
    """How a call ended: ``"ok"`` and an output, or the error's code and message."""

    code: str
    message: str = ""
    output: dict[str, Any] = field(default_factory=dict)

    @property
    def is_ok(self) -> bool:
        """Whether the call succeeded."""
        return self.code == "ok"

    def __str__(self) -> str:
        return f"ok: {self.output}" if self.is_ok else f"{self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call and both answers."""

    service: str
    operation: str
    parameters: dict[str, Any]
    ours: Answer
    theirs: Answer
    at: Instant = field(default=START, kw_only=True)
    """When it was made."""


class Peers:
    """Both sides, with nothing in them, from `open` until `close`."""

    def __init__(self) -> None:
        self.now = START
        self._open = ExitStack()
        self._travel: Any = None
        around = Surroundings(Identifiers(Entropy(0)), ChangeFeed())
        dynamodb = DynamoDB(around)
        self.engines: dict[str, Any] = {
            "s3": S3(around),
            "kinesis": Kinesis(around),
            "dynamodb": dynamodb,
            "dynamodbstreams": DynamoDBStreams(dynamodb),
            "sqs": SQS(around),
            "cloudwatch": CloudWatch(around),
        }
        self._gateway = Gateway(
            self.engines,
            now=lambda: self.now,
            pause=lambda _duration: None,
            caller=_Outside(),
            faults=NoFaults(),
            journal=Journal(Scheduler(START)),
            identifiers=Identifiers(Entropy(0)),
            chance=Random(0),
            report=lambda _error: None,
        )

    def open(self) -> None:
        """Start moto, and stop the clock of the process."""
        self._open.enter_context(patch.dict(os.environ, _CREDENTIALS))
        self._open.enter_context(mock_aws())
        self._travel = self._open.enter_context(
            time_machine.travel(to_datetime(START), tick=False)
        )

    def close(self) -> None:
        """Put everything back as it was."""
        self._open.close()

    def wait(self, duration: float) -> None:
        """Let *duration* seconds pass on both sides."""
        self.now = later(self.now, seconds(duration))
        self._travel.shift(duration)

    def call(self, service: str, operation: str, **parameters: Any) -> Exchange:
        """Call *operation* on both sides; a `Pair` among *parameters* gives each side its own."""
        return Exchange(
            service,
            operation,
            parameters,
            self.ours(service, operation, **resolved(parameters, "ours")),
            self.theirs(service, operation, **resolved(parameters, "theirs")),
            at=self.now,
        )

    def ours(self, service: str, operation: str, **parameters: Any) -> Answer:
        """Call our side alone."""
        client = _client(service)

        def make(name: str, given: dict[str, Any]) -> dict[str, Any]:
            return self._gateway.call(client, name, given)

        client._make_api_call = make  # noqa: SLF001 - every call of a client goes through it
        try:
            return _answer(client, operation, parameters)
        finally:
            del client._make_api_call  # noqa: SLF001 - moto's side is botocore's own again

    def theirs(self, service: str, operation: str, **parameters: Any) -> Answer:
        """Call moto alone; where it breaks down, the error of Python is its answer."""
        try:
            return _answer(_client(service), operation, parameters)
        except (UnsupportedError, BotoCoreError):
            raise
        except Exception as error:  # noqa: BLE001 - moto runs in this process, and may raise anything
            return Answer(f"broken down: {type(error).__name__}", str(error))


@contextmanager
def peers() -> Iterator[Peers]:
    """Give both sides for the length of one test."""
    both = Peers()
    both.open()
    try:
        yield both
    finally:
        both.close()


def resolved(value: Any, side: str) -> Any:
    """Return *value* as *side* is to see it."""
    if isinstance(value, Pair):
        return getattr(value, side)
    if isinstance(value, dict):
        return {name: resolved(member, side) for name, member in value.items()}
    if isinstance(value, list):
        return [resolved(member, side) for member in value]
    return value


class _Outside:
    """The caller is no function."""

    def name(self) -> None:
        return None

    def entry(self) -> None:
        return None

    def crash(self) -> NoReturn:
        raise SystemExit


@cache
def _client(service: str) -> Any:
    make: Callable[..., Any] = boto3.client  # its stubs know each service only by a literal name
    # moto knows no endpoints with account ids
    config = Config(account_id_endpoint_mode="disabled", retries={"total_max_attempts": 1})
    return make(
        service,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=config,
    )


def _answer(client: Any, operation: str, parameters: dict[str, Any]) -> Answer:
    method = _METHODS.get(operation) or snake(operation)
    try:
        output = getattr(client, method)(**parameters)
    except ClientError as error:
        return Answer(
            error.response["Error"]["Code"],
            error.response["Error"].get("Message", ""),
            {
                name: value
                for name, value in error.response.items()
                if name not in {"Error", "ResponseMetadata", "Code", "Message", "message"}
            },
        )
    output.pop("ResponseMetadata", None)
    if "Body" in output:
        output["Body"] = output["Body"].read()
    return Answer("ok", "", output)


_METHODS = {"ListObjectsV2": "list_objects_v2"}


def snake(operation: str) -> str:
    """Return what boto3 and moto call *operation*."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in operation).lstrip("_")
