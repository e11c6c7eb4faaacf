"""What is not modelled is refused by name: every operation and parameter that botocore knows."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from random import Random
from types import MappingProxyType
from typing import Any, NoReturn

import boto3
import pytest
from botocore.session import get_session

from harness.conformance.operations import Coverage, coverage, engines, refusal
from harness.conformance.samples import sample, samples
from harness.errors import UnsupportedError
from harness.gateway import interceptor
from harness.gateway.gateway import Gateway
from harness.kernel.entropy import Entropy
from harness.kernel.faultpoints import NoFaults
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler

SERVICES = tuple(engines())
HINTS = ("leave it out", "is not modelled", "use ", "instead", "add it", "take it out")


@cache
def covered() -> Mapping[str, Coverage]:
    return MappingProxyType({each.service: each for each in coverage()})


class Outside:
    """The caller is no function."""

    def name(self) -> None:
        return None

    def entry(self) -> None:
        return None

    def crash(self) -> NoReturn:
        raise SystemExit


@pytest.mark.parametrize("service", SERVICES)
def test_an_operation_that_is_not_modelled_is_refused_though_the_code_swallows_everything(
    service: str,
) -> None:
    """No ``except Exception`` hides it: whoever drives the run has been told."""
    troubles: list[Exception] = []
    gateway = Gateway(
        engines(),
        now=lambda: Instant(0),
        pause=lambda _duration: None,
        caller=Outside(),
        faults=NoFaults(),
        journal=Journal(Scheduler(Instant(0))),
        identifiers=Identifiers(Entropy(0)),
        chance=Random(0),
        report=troubles.append,
    )
    session = boto3.Session("x", "y", region_name="us-east-1")
    make: Any = session.client
    client = make(service)
    interceptor.install(gateway)
    try:
        for name in covered()[service].refused:
            with suppress(Exception):  # as code under test does
                client._make_api_call(name, {})  # noqa: SLF001 - each method of the client ends here
    finally:
        interceptor.remove(gateway)

    assert [type(error) for error in troubles] == [UnsupportedError] * len(
        covered()[service].refused
    )
    for error, name in zip(troubles, covered()[service].refused, strict=True):
        assert str(error).startswith(f"{service}.{name} is not modelled; ")


@pytest.mark.parametrize("service", SERVICES)
def test_a_parameter_that_is_not_modelled_is_refused_by_name_with_what_to_do(
    service: str,
) -> None:
    """Before anything has happened; nothing is silently ignored."""
    model: Any = get_session().get_service_model(service)
    for operation in covered()[service].modelled:
        shape = model.operation_model(operation.name)
        for name in operation.refused:
            value = sample(shape.input_shape.members[name])
            error = refusal(service, shape, {name: value}, name)
            assert error is not None
            assert str(error).startswith(f"{service}.{operation.name}")
            assert any(hint in str(error) for hint in HINTS), str(error)


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_of_botocore_is_either_modelled_or_refused(service: str) -> None:
    """And the engine claims none that AWS has not."""
    names = get_session().get_service_model(service).operation_names
    found = covered()[service]

    assert sorted([*(each.name for each in found.modelled), *found.refused]) == sorted(names)
    assert set(engines()[service].operations) <= set(names)


def test_of_an_enumerated_parameter_the_values_that_are_taken_are_told() -> None:
    """S3 checks some checksums and refuses others by name."""
    model: Any = get_session().get_service_model("s3")
    partly = [each for each in covered()["s3"].modelled if each.only]

    assert partly
    for operation in partly:
        shape = model.operation_model(operation.name).input_shape
        for name, values in operation.only.items():
            assert set(values) < set(shape.members[name].enum)
            assert name in operation.parameters


def test_a_sample_has_the_shape_that_botocore_asks_for() -> None:
    """Nothing but what is required, and every value where the model lists them."""
    model: Any = get_session().get_service_model("dynamodb")
    put = model.operation_model("PutItem").input_shape

    assert sample(put) == {"TableName": "a", "Item": {"a": {"S": "a"}}}
    assert "ALL_OLD" in list(samples(put.members["ReturnValues"]))
