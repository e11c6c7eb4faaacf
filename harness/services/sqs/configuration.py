"""A queue's attributes: checked, and read once into the values the queue works with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.kernel.instant import Duration, seconds
from harness.services.base.errors import ServiceError
from harness.services.sqs import redriveallowance
from harness.services.sqs.errors import error, invalid_value

_NUMBERS = {
    "DelaySeconds": (0, 900, 0),
    "MaximumMessageSize": (1_024, 1_048_576, 1_048_576),
    "MessageRetentionPeriod": (60, 1_209_600, 345_600),
    "ReceiveMessageWaitTimeSeconds": (0, 20, 0),
    "VisibilityTimeout": (0, 43_200, 30),
}
"""Attribute -> lowest, highest and default value."""

_BOUNDS = {name: (lowest, highest) for name, (lowest, highest, _) in _NUMBERS.items()} | {
    "KmsDataKeyReusePeriodSeconds": (60, 86_400)
}

_REUSE_SECONDS = "300"

_FIFO_ONLY = (
    "FifoQueue",
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "FifoThroughputLimit",
)
_THROUGHPUT = ("DeduplicationScope", "FifoThroughputLimit")
"""Those of a FIFO queue that a standard queue knows of."""
_SWITCHES = ("FifoQueue", "ContentBasedDeduplication", "SqsManagedSseEnabled")
"""Attributes that are true or false, in letters of either case."""
_ONE_ENCRYPTION = (
    "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS "
    "SSE or SQS SSE."
)

# Encryption changes nothing that a caller can see, and permissions are not modelled at all:
# these are kept and given back.
_KEPT = ("Policy", "KmsMasterKeyId")
_CHOICES = {
    "FifoQueue": ("true",),
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
    is_numeric: bool = True
    """Whether the count was a number in the text that was given."""


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
    """Return a copy of *attributes* as AWS gives them back, or raise for the first it refuses."""
    copied = {name: spelled(name, value) for name, value in attributes.items()}
    for name, value in copied.items():
        _check(name, value, is_fifo=is_fifo)
    if copied.get("KmsMasterKeyId") and copied.get("SqsManagedSseEnabled") == "true":
        raise error("InvalidAttributeName", _ONE_ENCRYPTION, "InvalidAttributeName")
    policy = read_redrive_policy(copied.get("RedrivePolicy", ""))
    if policy is not None and not policy.is_numeric:
        copied["RedrivePolicy"] = _with_number(policy)
    return copied


def spelled(name: str, value: str) -> str:
    """Return *value* as AWS spells it: ``True`` is ``true``."""
    return value.lower() if name in _SWITCHES else value


def settled(before: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str]:
    """Return all attributes after *changed*, which were checked; one that is emptied is gone.

    A queue is encrypted with one kind of key: naming a KMS key ends SQS's own encryption, and
    the other way round; a data key of KMS is used for five minutes unless the queue says
    otherwise.  High throughput of a FIFO queue needs deduplication per message group
    (SQS API reference, "SetQueueAttributes").
    """
    after = {name: value for name, value in {**before, **changed}.items() if not _is_gone(value)}
    if changed.get("KmsMasterKeyId"):
        after["SqsManagedSseEnabled"] = "false"
    elif changed.get("SqsManagedSseEnabled") == "true":
        after.pop("KmsMasterKeyId", None)
    if "KmsMasterKeyId" not in after:
        # Without a key there are no data keys to be used again.
        after.pop("KmsDataKeyReusePeriodSeconds", None)
    if "KmsMasterKeyId" in after:
        after.setdefault("KmsDataKeyReusePeriodSeconds", _REUSE_SECONDS)
    is_per_group = after.get("FifoThroughputLimit") == "perMessageGroupId"
    if is_per_group and after.get("DeduplicationScope") != "messageGroup":
        raise _invalid("FifoThroughputLimit")
    return after


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
    if _is_gone(text):
        return None
    try:
        policy: Any = json.loads(text)
    except ValueError:
        raise _invalid_redrive(text, "Redrive policy is not a valid JSON map.") from None
    if not isinstance(policy, dict):
        raise _invalid_redrive(text, "Redrive policy is not a valid JSON map.")
    if "deadLetterTargetArn" not in policy:
        raise _invalid_redrive(
            text, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."
        )
    arn = str(policy["deadLetterTargetArn"])
    if not arn.startswith("arn:"):
        raise _invalid_redrive(text, "Invalid value for deadLetterTargetArn.")
    given = policy.get("maxReceiveCount", _RECEIVE_COUNT)
    count = str(given)
    if not count.isdecimal() or not 1 <= int(count) <= _RECEIVE_COUNT_MAX:
        raise _invalid_redrive(
            text,
            f"Invalid value for maxReceiveCount: {count}, valid values are from 1 to "
            f"{_RECEIVE_COUNT_MAX} both inclusive.",
        )
    return RedrivePolicy(arn, int(count), is_numeric=isinstance(given, int))


def _check(name: str, value: str, *, is_fifo: bool) -> None:
    if name in _BOUNDS:
        lowest, highest = _BOUNDS[name]
        if not (value.isascii() and value.isdecimal()) or not lowest <= int(value) <= highest:
            raise _invalid(name)
    elif name in _CHOICES:
        if not is_fifo and name in _FIFO_ONLY:
            raise _unfit(name)
        if value not in _CHOICES[name]:
            raise _unchangeable() if name == "FifoQueue" else _invalid(name)
    elif name == "RedrivePolicy":
        read_redrive_policy(value)
    elif name == "RedriveAllowPolicy":
        redriveallowance.read(value)
    elif name == "Policy":
        _require_policy(value)
    elif name not in _KEPT:
        raise _unknown(name)


def _require_policy(text: str) -> None:
    """Raise AWS's error unless *text* is empty or a policy document with statements."""
    if not text:
        return
    try:
        policy = json.loads(text)
    except (ValueError, RecursionError):
        raise _invalid("Policy") from None
    statements = policy.get("Statement", []) if isinstance(policy, dict) else None
    listed = statements if isinstance(statements, list) else [statements]
    if any(not isinstance(statement, dict) for statement in listed):
        raise _invalid("Policy")


def _is_gone(value: str) -> bool:
    """Whether an attribute's text takes the attribute away."""
    return value in ("", "{}")


def _with_number(policy: RedrivePolicy) -> str:
    """Return the text of *policy* as AWS gives it back: the count is a number, whatever was set."""
    return json.dumps(
        {
            "deadLetterTargetArn": policy.dead_letter_queue_arn,
            "maxReceiveCount": policy.max_receive_count,
        }
    )


def _unknown(name: str) -> ServiceError:
    return error("InvalidAttributeName", f"Unknown Attribute {name}.", "InvalidAttributeName")


def _unfit(name: str) -> ServiceError:
    """Return the error for an attribute of FIFO queues that a standard queue is given."""
    if name not in _THROUGHPUT:
        return _unknown(name)
    message = f"You can specify the {name} only when FifoQueue is set to true."
    return error("InvalidAttributeName", message, "InvalidAttributeName")


def _unchangeable() -> ServiceError:
    """Return the error for a FIFO queue that is to become another kind of queue."""
    message = (
        "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported."
    )
    return error("InvalidAttributeValue", message, "InvalidAttributeValue")


def _invalid(name: str) -> ServiceError:
    message = f"Invalid value for the parameter {name}."
    return error("InvalidAttributeValue", message, "InvalidAttributeValue")


def _invalid_redrive(text: str, reason: str) -> ServiceError:
    return invalid_value(text, "RedrivePolicy", reason)
