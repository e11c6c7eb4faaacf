"""Where moto lets queues have attributes that AWS refuses."""

import json
from collections.abc import Iterator

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.sqsknown.asking import (
    EXISTS,
    OK,
    RECORDED,
    REFERENCE,
    Outcome,
    Parameters,
    always,
    differs,
    is_fifo,
    queue,
)

_CALLS = "CreateQueue SetQueueAttributes"
_BOUNDS = {
    "DelaySeconds": (0, 900),
    "MaximumMessageSize": (1_024, 1_048_576),
    "MessageRetentionPeriod": (60, 1_209_600),
    "ReceiveMessageWaitTimeSeconds": (0, 20),
    "VisibilityTimeout": (0, 43_200),
    "KmsDataKeyReusePeriodSeconds": (60, 86_400),
}
_CHOICES = {
    "ContentBasedDeduplication": ("true", "false"),
    "DeduplicationScope": ("queue", "messageGroup"),
    "FifoThroughputLimit": ("perQueue", "perMessageGroupId"),
    "SqsManagedSseEnabled": ("true", "false"),
}
_OTHERS = ("FifoQueue", "KmsMasterKeyId", "Policy", "RedrivePolicy", "RedriveAllowPolicy")
_UNHEARD_OF = ("FifoQueue", "ContentBasedDeduplication")
"""Attributes of FIFO queues of which a standard queue has not heard."""
_THROUGHPUT = ("DeduplicationScope", "FifoThroughputLimit")
"""Those of which it has."""


def _given(call: Parameters) -> dict[str, str]:
    given: dict[str, str] = call.get("Attributes", {})
    return given


def _refused(name: str, reason: str = "") -> Outcome:
    return "InvalidAttributeValue", f"Invalid value for the parameter {name}.{reason}"


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdecimal()


def _wrong_numbers(call: Parameters) -> Iterator[Outcome]:
    for name, text in _given(call).items():
        lowest, highest = _BOUNDS.get(name, (0, 0))
        is_right = text.isdecimal() and lowest <= int(text) <= highest
        if name in _BOUNDS and not is_right:
            yield _refused(name)


def _wrong_numbers_told(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says of a number that is none; of one out of its bounds it says nothing."""
    texts = [text for name, text in _given(call).items() if name in _BOUNDS]
    no_numbers = [text for text in texts if not _is_number(text)]
    for text in no_numbers:
        yield "broken down: ValueError", f"invalid literal for int() with base 10: {text!r}"
    if not no_numbers:
        yield from [OK, EXISTS]


def _wrong_choices(call: Parameters) -> Iterator[Outcome]:
    for name, text in _given(call).items():
        if name in _CHOICES and text not in _CHOICES[name]:
            yield _refused(name)


def _wrong_policy(call: Parameters) -> Iterator[Outcome]:
    text = _given(call).get("Policy", "")
    if text and not isinstance(_read(text), dict):
        yield _refused("Policy")


def _wrong_policy_told(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says of a policy that is no JSON, or a list."""
    if _read(_given(call).get("Policy", "")) is None:
        yield "broken down: JSONDecodeError", "Expecting value: line 1 column 1 (char 0)"
    else:
        yield from [OK, EXISTS]
        yield "broken down: AttributeError", "'list' object has no attribute 'get'"


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _changed_kind(call: Parameters) -> Iterator[Outcome]:
    if is_fifo(call) and _given(call).get("FifoQueue", "true") != "true":
        yield _refused("FifoQueue", " Reason: Modifying queue type is not supported.")


def _limit_without_scope(call: Parameters) -> Iterator[Outcome]:
    """Give the refusal of a limit per group where the call does not say that the scope is one."""
    given = _given(call)
    is_limited = given.get("FifoThroughputLimit", "perMessageGroupId") == "perMessageGroupId"
    is_named = "FifoThroughputLimit" in given or "DeduplicationScope" in given
    if (
        is_fifo(call)
        and is_named
        and is_limited
        and given.get("DeduplicationScope") != "messageGroup"
    ):
        yield _refused("FifoThroughputLimit")


def _unknown(call: Parameters) -> Iterator[Outcome]:
    known = {*_BOUNDS, *_CHOICES, *_OTHERS}
    for name in _given(call):
        if name not in known or (name in _UNHEARD_OF and not is_fifo(call)):
            yield "InvalidAttributeName", f"Unknown Attribute {name}."


def _unfit(call: Parameters) -> Iterator[Outcome]:
    for name in _given(call):
        if name in _THROUGHPUT and not is_fifo(call):
            message = f"You can specify the {name} only when FifoQueue is set to true."
            yield "InvalidAttributeName", message


KNOWN: tuple[Known, ...] = (
    Known(
        "attributes have bounds",
        differs(_CALLS, _wrong_numbers, _wrong_numbers_told),
        lambda peers: peers.call(
            "sqs", "CreateQueue", QueueName="y", Attributes={"DelaySeconds": "901"}
        ),
        divergence(
            service="sqs",
            theirs="A queue is made with a delay of 901 seconds; a text ends in a ValueError of Python.",
            ours="InvalidAttributeValue.",
            aws="DelaySeconds. Valid values: an integer from 0 to 900 seconds (15 minutes).",
            source=f"{REFERENCE}API_CreateQueue.html",
            right="ours",
        ),
    ),
    Known(
        "attributes that are one of a few words",
        differs(_CALLS, _wrong_choices, always(OK, EXISTS)),
        queue("q.fifo", "SetQueueAttributes", Attributes={"DeduplicationScope": "group"}),
        divergence(
            service="sqs",
            theirs="DeduplicationScope may be any text.",
            ours="InvalidAttributeValue.",
            aws="DeduplicationScope. Valid values are messageGroup and queue.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a policy that is none",
        differs(_CALLS, _wrong_policy, _wrong_policy_told),
        queue("q", "SetQueueAttributes", Attributes={"Policy": "no JSON"}),
        divergence(
            service="sqs",
            theirs="A policy that is no JSON ends in an error of Python; a list is one.",
            ours="InvalidAttributeValue.",
            aws="Policy: the queue's policy. A valid Amazon Web Services policy.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a FIFO queue stays one",
        differs(_CALLS, _changed_kind, always(OK)),
        queue("q.fifo", "SetQueueAttributes", Attributes={"FifoQueue": "false"}),
        divergence(
            service="sqs",
            theirs="A FIFO queue can be told that it is none.",
            ours="InvalidAttributeValue.",
            aws="Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not"
            " supported.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a limit per message group needs a scope per message group",
        differs(_CALLS, _limit_without_scope, always(OK, EXISTS)),
        queue(
            "q.fifo", "SetQueueAttributes", Attributes={"FifoThroughputLimit": "perMessageGroupId"}
        ),
        divergence(
            service="sqs",
            theirs="FifoThroughputLimit may be perMessageGroupId, whatever the scope is.",
            ours="InvalidAttributeValue.",
            aws="The perMessageGroupId value is allowed only when the value for DeduplicationScope is"
            " messageGroup.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "an unknown attribute is refused",
        differs(_CALLS, _unknown, always(OK, EXISTS)),
        queue("q", "SetQueueAttributes", Attributes={"Gone": "1"}),
        divergence(
            service="sqs",
            theirs="An attribute that there is not can be set.",
            ours="InvalidAttributeName.",
            aws="InvalidAttributeName: the specified attribute doesn't exist.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "an attribute of FIFO queues for a standard queue",
        differs(_CALLS, _unfit, always(OK, EXISTS)),
        queue("q", "SetQueueAttributes", Attributes={"DeduplicationScope": "messageGroup"}),
        divergence(
            service="sqs",
            theirs="A standard queue can be given a scope of deduplication.",
            ours="InvalidAttributeName.",
            aws="You can specify the DeduplicationScope only when FifoQueue is set to true.",
            source=RECORDED,
            right="ours",
        ),
    ),
)
