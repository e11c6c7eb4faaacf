"""Which parameters an operation models, and numbers within bounds."""

import re
from functools import partial

from harness.services.base import modelled as base
from harness.services.sqs.errors import invalid_value

VISIBILITY_SECONDS_MAX = 43_200
DELAY_SECONDS_MAX = 900
WAIT_SECONDS_MAX = 20
RECEIVED_MAX = 10
_TOKEN = re.compile(r"[!-~]{1,128}")


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


def require_token(value: str, parameter: str) -> None:
    """Raise AWS's error unless *value* can be an id of a FIFO queue's message or receive."""
    if _TOKEN.fullmatch(value) is None:
        raise invalid_value(
            value,
            parameter,
            f"{parameter} can only include alphanumeric and punctuation characters. "
            "1 to 128 in length.",
        )
