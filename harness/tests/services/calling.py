"""How the tests of the in-memory services call an operation, here and at moto."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Generic, TypeVar
from unittest.mock import patch

import boto3
from botocore.exceptions import ClientError
from botocore.session import get_session
from botocore.validate import ParamValidator
from moto import mock_aws

from harness.kernel.chooser import CalmChooser, Chooser
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, later
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.errors import ServiceError
from harness.services.base.identity import Identity
from harness.services.base.service import Surroundings

START = Instant(1_767_603_600_000_000)
"""2026-01-05T09:00:00Z."""

Engine = TypeVar("Engine")

# Where AWS itself does not keep to its model: a FailedRecordCount of 0, lists that are left out.
_USUAL = (
    "valid min",
    'Missing required parameter in input: "Failed"',
    'Missing required parameter in input: "Successful"',
)

_STATUS = "StatusCode"
"""The answer's status, which the gateway takes out of it."""

_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
}


class Caller(Generic[Engine]):
    """A service and a clock that stands still until it is told to move.

    Every answer is held against the shape that botocore's model gives it.
    """

    def __init__(self, kind: type[Engine], chooser: Chooser | None = None) -> None:
        self.changes = ChangeFeed()
        self.now = START
        self._model = _model(kind.__name__.lower())
        self.service: Any = kind(  # type: ignore[call-arg]  # every engine is made like this
            Surroundings(
                Identifiers(Entropy(0)), self.changes, Identity(), chooser or CalmChooser()
            )
        )

    def __call__(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """Call *operation* now."""
        output: dict[str, Any] = self.service.operations[operation](
            self.service, parameters, self.now
        )
        shape = self._model.operation_model(operation).output_shape
        if shape is None:
            assert output == {}, f"{operation} answers nothing on AWS: {output}"
        else:
            given = {name: value for name, value in output.items() if name != _STATUS}
            report = ParamValidator().validate(given, shape).generate_report()
            problems = [
                line for line in report.splitlines() if not any(usual in line for usual in _USUAL)
            ]
            assert problems == [], problems
        return output

    def wait(self, duration: Duration) -> None:
        """Let time pass."""
        self.now = later(self.now, duration)

    def refusal(self, operation: str, **parameters: Any) -> ServiceError:
        """Call *operation*, which must be refused, and return the error."""
        try:
            output = self(operation, **parameters)
        except ServiceError as error:
            return error
        raise AssertionError(f"{operation} was not refused: {output}")

    def outcome(self, operation: str, **parameters: Any) -> tuple[str, Any]:
        """Call *operation* and return ``("ok", output)`` or the error's code and message."""
        try:
            return "ok", self(operation, **parameters)
        except ServiceError as error:
            return error.code, error.message


@cache
def _model(service: str) -> Any:
    return get_session().get_service_model(service)


@contextmanager
def moto_client(service: str) -> Iterator[Any]:
    """Give a client whose calls moto answers in this process."""
    with patch.dict(os.environ, _CREDENTIALS), mock_aws():
        make: Any = boto3.client  # its stubs know each service only by a literal name
        yield make(service, region_name="us-east-1")


def moto_outcome(client: Any, method: str, parameters: Mapping[str, Any]) -> tuple[str, Any]:
    """Call *method* of *client*; return ``("ok", output)`` or the error's code and message."""
    try:
        output = getattr(client, method)(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    output.pop("ResponseMetadata", None)
    return "ok", output
