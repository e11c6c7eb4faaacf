"""The entries of `when` and `then`: one-key mappings, with what may stand beside the key."""

from typing import Annotated

from harness.scenarios.expectations.registry import EXPECTATIONS
from harness.scenarios.shapes.onekey import Choice, OneKey
from harness.scenarios.shapes.scalars import Span
from harness.scenarios.steps.registry import STEPS

STEP = OneKey("step", dict(STEPS), {"at": Span(), "after": Span()})
EXPECTATION = OneKey("expectation", EXPECTATIONS, {})

StepEntry = Annotated[Choice, STEP]
ExpectationEntry = Annotated[Choice, EXPECTATION]
