"""The state of shared libraries is where the sandbox believes it to be."""

import sys
from typing import Any

import aws_lambda_powertools
import opentelemetry.metrics
import opentelemetry.trace

from harness.sandbox.librarystate import Values, exchange, is_shared, missing_variables


def test_every_variable_that_is_exchanged_exists_in_the_installed_libraries() -> None:
    """An upgrade that moves its state is noticed here, not by two environments."""
    loaded = (aws_lambda_powertools, opentelemetry.trace, opentelemetry.metrics)

    assert all(module.__name__ in sys.modules for module in loaded)
    assert missing_variables() == []


def test_only_parts_whose_state_is_known_are_shared() -> None:
    """The rest of the same packages is executed anew for each environment."""
    assert is_shared("aws_lambda_powertools")
    assert is_shared("aws_lambda_powertools.metrics.provider.cold_start")
    assert is_shared("opentelemetry.trace")
    assert not is_shared("aws_lambda_powertools.utilities.parameters")
    assert not is_shared("opentelemetry.sdk.trace")
    assert not is_shared("aws_xray_sdk")


def test_values_travel_with_their_place() -> None:
    """What one environment left is there again when it comes back, and nowhere else."""
    outside: Values = {}
    left: Values = {}
    right: Values = {}
    metrics: Any = aws_lambda_powertools.Metrics

    exchange(outside, left)
    metrics._metrics["left"] = 1  # noqa: SLF001 - the state in question
    exchange(left, right)
    seen_right = dict(metrics._metrics)  # noqa: SLF001 - the state in question
    exchange(right, left)
    seen_left = dict(metrics._metrics)  # noqa: SLF001 - the state in question
    exchange(left, outside)

    assert seen_right == {}
    assert seen_left == {"left": 1}
    assert "left" not in metrics._metrics  # noqa: SLF001 - the state in question
