"""Lambda's event source mappings and settings of functions, and moto's, side by side."""

import pytest

from harness.tests.differential.functionsmachine import FunctionsMachine
from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown import KNOWN
from harness.tests.differential.lambdamachine import MappingsMachine
from harness.tests.differential.lambdapeers import lambda_peers
from harness.tests.differential.machine import thorough

TestMappings = MappingsMachine.TestCase
TestMappings.settings = thorough(examples=20)
TestFunctions = FunctionsMachine.TestCase
TestFunctions.settings = thorough(examples=10)


@pytest.mark.parametrize("known", [known.parameter for known in KNOWN])
def test_a_known_divergence_is_still_there(known: Known) -> None:
    """Once moto has caught up, it is taken off the list."""
    with lambda_peers() as both:
        exchange = known.shown(both)

    assert exchange.ours != exchange.theirs
    assert known.explains(exchange), f"{exchange.ours} and {exchange.theirs}"
