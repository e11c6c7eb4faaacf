"""Which parameters an operation models, and numbers within bounds."""

from functools import partial

from harness.services.base import modelled as base
from harness.services.sqs.errors import invalid_value

VISIBILITY_SECONDS_MAX = 43_200
DELAY_SECONDS_MAX = 900
WAIT_SECONDS_MAX = 20
RECEIVED_MAX = 10


require_modelled = partial(base.require_modelled, "sqs")
"""Refuse by name any parameter of an operation that is not modelled."""


def require_between(value: int, parameter: str, highest: int, reason: str) -> None:
    """Raise AWS's error with *reason* unless 0 <= *value* <= *highest*."""
    if not 0 <= value <= highest:
        raise invalid_value(value, parameter, reason)


def require_visibility_timeout(value: int) -> None:
    """Raise AWS's error unless *value* seconds is a visibility timeout."""
    reason = f"Must be between 0 and {VISIBILITY_SECONDS_MAX}, if provided."
    require_between(value, "VisibilityTimeout", VISIBILITY_SECONDS_MAX, reason)
