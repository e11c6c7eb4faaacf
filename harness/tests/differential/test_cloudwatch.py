"""CloudWatch and moto, side by side."""

import pytest

from harness.tests.differential.alarmsmachine import AlarmsMachine
from harness.tests.differential.cloudwatchknown import KNOWN
from harness.tests.differential.cloudwatchmachine import MetricsMachine
from harness.tests.differential.known import Known
from harness.tests.differential.machine import thorough
from harness.tests.differential.peers import peers

TestMetrics = MetricsMachine.TestCase
TestMetrics.settings = thorough(examples=40)
TestAlarms = AlarmsMachine.TestCase
TestAlarms.settings = thorough(examples=25)


@pytest.mark.parametrize("known", [known.parameter for known in KNOWN])
def test_a_known_divergence_is_still_there(known: Known) -> None:
    """Once moto has caught up, it is taken off the list."""
    with peers() as both:
        exchange = known.shown(both)

    assert str(exchange.ours) != str(exchange.theirs)
    assert known.explains(exchange), f"{exchange.ours} and {exchange.theirs}"
