"""Which stack is meant, and whether its owner agrees to what it costs."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from harness.errors import HarnessError

STACK_VARIABLE = "HARNESS_AWS_STACK"
AGREED_VARIABLE = "HARNESS_AWS_AGREED"
QUIET_VARIABLE = "HARNESS_AWS_QUIET_SECONDS"
_QUIET_SECONDS = 30.0


class StackError(HarnessError):
    """Which stack is meant is not said, not agreed to, or not as the template says."""


@dataclass(frozen=True, slots=True)
class StackSettings:
    """A stack's name, and for how many real seconds it must be quiet to be at rest."""

    name: str
    quiet_seconds: float = _QUIET_SECONDS


def read_settings(environment: Mapping[str, str] = os.environ) -> StackSettings:
    """Return the stack of *environment*; StackError unless it is agreed to by its name."""
    name = environment.get(STACK_VARIABLE, "")
    if not name:
        raise StackError(f"backend aws needs the name of a stack; set {STACK_VARIABLE}")
    if environment.get(AGREED_VARIABLE) != name:
        raise StackError(
            f"backend aws writes to the stack {name!r} and AWS charges for it; agree with "
            f"--yes, or set {AGREED_VARIABLE}={name}"
        )
    return StackSettings(name, float(environment.get(QUIET_VARIABLE, _QUIET_SECONDS)))
