"""Which parameters an operation models, and numbers within bounds."""

from collections.abc import Set as AbstractSet

from harness.errors import UnsupportedError
from harness.services.base.service import Parameters
from harness.services.sqs.errors import invalid_value

VISIBILITY_SECONDS_MAX = 43_200
DELAY_SECONDS_MAX = 900
WAIT_SECONDS_MAX = 20
RECEIVED_MAX = 10


def require_modelled(operation: str, params: Parameters, modelled: AbstractSet[str]) -> None:
    """Refuse by name any parameter of *operation* that is not in *modelled*."""
    unknown = params.keys() - modelled
    if unknown:
        raise UnsupportedError(
            f"sqs.{operation}: parameter {min(unknown)!r} is not modelled; leave it out"
        )


def require_between(value: int, parameter: str, highest: int, reason: str) -> None:
    """Raise AWS's error with *reason* unless 0 <= *value* <= *highest*."""
    if not 0 <= value <= highest:
        raise invalid_value(value, parameter, reason)


def require_visibility_timeout(value: int) -> None:
    """Raise AWS's error unless *value* seconds is a visibility timeout."""
    reason = f"Must be between 0 and {VISIBILITY_SECONDS_MAX}, if provided."
    require_between(value, "VisibilityTimeout", VISIBILITY_SECONDS_MAX, reason)
