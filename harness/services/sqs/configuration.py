"""A queue's attributes: checked, and read once into the values the queue works with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.errors import UnsupportedError
from harness.kernel.instant import Duration, seconds
from harness.services.base.errors import ServiceError
from harness.services.sqs.errors import error, invalid_value

_NUMBERS = {
    "DelaySeconds": (0, 900, 0),
    "MaximumMessageSize": (1_024, 1_048_576, 1_048_576),
    "MessageRetentionPeriod": (60, 1_209_600, 345_600),
    "ReceiveMessageWaitTimeSeconds": (0, 20, 0),
    "VisibilityTimeout": (0, 43_200, 30),
}
"""Attribute -> lowest, highest and default value."""

_FIFO_ONLY = ("ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit")

# Encryption changes nothing that a caller can see, and permissions are not modelled at all:
# these are kept and given back.
_KEPT = (
    "Policy",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "SqsManagedSseEnabled",
)
_CHOICES = {
    "FifoQueue": ("true", "false"),
    "ContentBasedDeduplication": ("true", "false"),
    "DeduplicationScope": ("queue", "messageGroup"),
    "FifoThroughputLimit": ("perQueue", "perMessageGroupId"),
    "SqsManagedSseEnabled": ("true", "false"),
}
_RECEIVE_COUNT_MAX = 1_000
_RECEIVE_COUNT = 10


@dataclass(frozen=True, slots=True)
class RedrivePolicy:
    """Where a message goes that was received *max_receive_count* times and not deleted."""

    dead_letter_queue_arn: str
    max_receive_count: int


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the attributes of a queue mean."""

    delay: Duration
    maximum_message_size: int
    retention_period: Duration
    wait_time: Duration
    visibility_timeout: Duration
    redrive_policy: RedrivePolicy | None
    is_fifo: bool
    is_content_based: bool
    is_deduplicated_per_group: bool


def defaults() -> dict[str, str]:
    """Return the attributes of a standard queue that was given none."""
    attributes = {name: str(default) for name, (_, _, default) in _NUMBERS.items()}
    return attributes | {"SqsManagedSseEnabled": "true"}


def checked(attributes: Mapping[str, str], *, is_fifo: bool) -> dict[str, str]:
    """Return a copy of *attributes*, or raise for the first that AWS refuses."""
    for name, value in attributes.items():
        _check(name, value, is_fifo=is_fifo)
    return dict(attributes)


def read(attributes: Mapping[str, str]) -> Configuration:
    """Return what checked *attributes* mean; a number that is left out has its default."""
    numbers = {
        name: int(attributes.get(name, default)) for name, (_, _, default) in _NUMBERS.items()
    }
    return Configuration(
        delay=seconds(numbers["DelaySeconds"]),
        maximum_message_size=numbers["MaximumMessageSize"],
        retention_period=seconds(numbers["MessageRetentionPeriod"]),
        wait_time=seconds(numbers["ReceiveMessageWaitTimeSeconds"]),
        visibility_timeout=seconds(numbers["VisibilityTimeout"]),
        redrive_policy=read_redrive_policy(attributes.get("RedrivePolicy", "")),
        is_fifo=attributes.get("FifoQueue") == "true",
        is_content_based=attributes.get("ContentBasedDeduplication") == "true",
        is_deduplicated_per_group=attributes.get("DeduplicationScope") == "messageGroup",
    )


def read_redrive_policy(text: str) -> RedrivePolicy | None:
    """Return the policy in *text*, None when it is empty, or raise AWS's error."""
    if not text:
        return None
    try:
        policy: Any = json.loads(text)
    except ValueError:
        raise _invalid("RedrivePolicy") from None
    if not isinstance(policy, dict) or "deadLetterTargetArn" not in policy:
        raise _invalid_redrive(
            text, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."
        )
    count = str(policy.get("maxReceiveCount", _RECEIVE_COUNT))
    if not count.isdecimal() or not 1 <= int(count) <= _RECEIVE_COUNT_MAX:
        raise _invalid_redrive(text, "Invalid value for maxReceiveCount: " + count)
    return RedrivePolicy(str(policy["deadLetterTargetArn"]), int(count))


def _check(name: str, value: str, *, is_fifo: bool) -> None:
    if name in _NUMBERS:
        lowest, highest, _ = _NUMBERS[name]
        if not (value.isascii() and value.isdecimal()) or not lowest <= int(value) <= highest:
            raise _invalid(name)
    elif name in _CHOICES:
        if value not in _CHOICES[name]:
            raise _invalid(name)
        if not is_fifo and name in _FIFO_ONLY:
            raise _unknown(name)
    elif name == "RedrivePolicy":
        read_redrive_policy(value)
    elif name == "RedriveAllowPolicy":
        raise UnsupportedError("sqs: attribute 'RedriveAllowPolicy' is not modelled; leave it out")
    elif name not in _KEPT:
        raise _unknown(name)


def _unknown(name: str) -> ServiceError:
    return error("InvalidAttributeName", f"Unknown Attribute {name}.", "InvalidAttributeName")


def _invalid(name: str) -> ServiceError:
    message = f"Invalid value for the parameter {name}."
    return error("InvalidAttributeValue", message, "InvalidAttributeValue")


def _invalid_redrive(text: str, reason: str) -> ServiceError:
    return invalid_value(text, "RedrivePolicy", reason)
