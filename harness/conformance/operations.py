"""Which operations and parameters of AWS's APIs are modelled: asked of the engines themselves.

An engine says what it models by refusing the rest by name.  So each operation that botocore
knows is looked up, and each of its parameters is offered once, with a value of its shape, to an
engine in which there is nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.session import get_session

from harness.conformance.samples import sample, samples
from harness.errors import UnsupportedError
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.service import Surroundings
from harness.services.cloudwatch.service import CloudWatch
from harness.services.dynamodb.service import DynamoDB
from harness.services.dynamodb.streams.service import DynamoDBStreams
from harness.services.kinesis.service import Kinesis
from harness.services.s3.service import S3
from harness.services.sqs.service import SQS

NOW = Instant(1_767_603_600_000_000)
"""2026-01-05T09:00:00Z; an empty engine answers alike at every instant."""


@dataclass(frozen=True, slots=True)
class Modelled:
    """An operation that is modelled, and how far."""

    name: str
    parameters: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]]
    """Parameters of which some values are taken and the others refused."""
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """All operations of one service."""

    service: str
    modelled: tuple[Modelled, ...]
    refused: tuple[str, ...]


def engines() -> dict[str, Any]:
    """Return every engine by botocore's name of its service, with nothing in it."""
    around = Surroundings(Identifiers(Entropy(0)), ChangeFeed())
    dynamodb = DynamoDB(around)
    return {
        "s3": S3(around),
        "kinesis": Kinesis(around),
        "dynamodb": dynamodb,
        "dynamodbstreams": DynamoDBStreams(dynamodb),
        "sqs": SQS(around),
        "cloudwatch": CloudWatch(around),
    }


def coverage() -> tuple[Coverage, ...]:
    """Return what is modelled and what is refused, service by service."""
    return tuple(_covered(service) for service in engines())


def _covered(service: str) -> Coverage:
    model = get_session().get_service_model(service)
    known = engines()[service].operations
    return Coverage(
        service,
        tuple(
            _modelled(service, model.operation_model(name))
            for name in model.operation_names
            if name in known
        ),
        tuple(name for name in model.operation_names if name not in known),
    )


def _modelled(service: str, operation: Any) -> Modelled:
    """Offer every parameter of *operation* once."""
    taken, only, refused = [], {}, []
    shape = operation.input_shape
    for name, member in sorted(shape.members.items()) if shape is not None else ():
        values = list(samples(member))
        welcome = [value for value in values if not is_refused(service, operation, name, value)]
        if not welcome:
            refused.append(name)
        else:
            taken.append(name)
        if welcome and len(welcome) < len(values):
            only[name] = tuple(map(str, welcome))
    return Modelled(operation.name, tuple(taken), only, tuple(refused))


def is_refused(service: str, operation: Any, parameter: str, value: Any) -> bool:
    """Whether an empty engine refuses *parameter* of *operation*, by name."""
    return refusal(service, operation, {parameter: value}, parameter) is not None


def refusal(
    service: str, operation: Any, parameters: Mapping[str, Any], name: str
) -> UnsupportedError | None:
    """Return how an empty engine refuses *name* in a call with *parameters*, if it does."""
    engine = engines()[service]
    given = dict(_required(operation)) | dict(parameters)
    try:
        engine.operations[operation.name](engine, given, NOW)
    except UnsupportedError as error:
        return error if repr(name) in str(error) else None
    except Exception:  # noqa: BLE001 - whatever else it says, it does not refuse the parameter
        return None
    return None


def _required(operation: Any) -> Iterator[tuple[str, Any]]:
    shape = operation.input_shape
    for name in shape.required_members if shape is not None else ():
        yield name, sample(shape.members[name])
