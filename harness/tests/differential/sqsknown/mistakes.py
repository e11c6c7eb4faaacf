"""What can be wrong with a message, and with what code and text AWS refuses it then.

Each takes the parameters of SendMessage, or an entry of a batch with its queue, and gives the
refusals that it may end in; which of several mistakes is told is nobody's business here.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from harness.tests.differential.sqsknown.asking import (
    Outcome,
    Parameters,
    invalid,
    invalid_parameter,
    is_fifo,
    missing,
)

Mistake = Callable[[Parameters], Iterator[Outcome]]

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHARACTERS = (
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
    "#xE000 to #xFFFD | #x10000 to #x10FFFF"
)
_TOKEN = re.compile(r"[!-~]{1,128}")
_UNFIT = "The request include parameter that is not valid for this queue type."
_TYPES = ("String", "Number", "Binary")
_NAME_BYTES_MAX = 256
_ATTRIBUTES_MAX = 10


def _attributes(message: Parameters) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the name, the value and the logical type of each attribute."""
    for name, value in message.get("MessageAttributes", {}).items():
        yield name, value, value["DataType"].partition(".")[0]


def no_body(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of one without a body."""
    if not message["MessageBody"]:
        yield missing("MessageBody")


def forbidden_characters(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of a body that holds what XML cannot."""
    if _FORBIDDEN.search(message["MessageBody"]):
        yield "InvalidMessageContents", _CHARACTERS


def forbidden_values(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of an attribute whose text holds what XML cannot."""
    for _, value, kind in _attributes(message):
        if kind == "String" and _FORBIDDEN.search(value.get("StringValue", "")):
            yield invalid_parameter(_CHARACTERS)


def repeats_of_a_standard_queue(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of a deduplication id where the queue is no FIFO queue."""
    if "MessageDeduplicationId" in message and not is_fifo(message):
        yield invalid(message["MessageDeduplicationId"], "MessageDeduplicationId", _UNFIT)


def no_type(message: Parameters) -> Iterator[Outcome]:
    """Give the refusals of attributes of no type."""
    for name, _, kind in _attributes(message):
        if kind not in _TYPES:
            yield invalid_parameter(
                f"The type of message (user) attribute '{name}' is invalid. You must use only the "
                "following supported type prefixes: Binary, Number, String."
            )


def no_number(message: Parameters) -> Iterator[Outcome]:
    """Give the refusals of Numbers whose value is none."""
    for name, value, kind in _attributes(message):
        if kind == "Number" and not _is_number(value.get("StringValue", "")):
            yield invalid_parameter(
                f"Can't cast the value of message (user) attribute '{name}' to a number."
            )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def no_value(message: Parameters) -> Iterator[Outcome]:
    """Give the refusals of attributes that have no value of their type."""
    for name, value, kind in _attributes(message):
        if not value.get("BinaryValue" if kind == "Binary" else "StringValue"):
            yield invalid_parameter(
                f"Message (user) attribute '{name}' must contain a non-empty value of type '{kind}'."
            )


def reserved_names(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of a name that is one of AWS's own."""
    for name, _, _ in _attributes(message):
        if name.lower().startswith(("aws.", "amazon.")):
            yield invalid_parameter(
                "You can't use message attribute names beginning with 'AWS.' or 'Amazon'. These "
                "strings are reserved for internal use."
            )


def lists(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of an attribute that has a list of values."""
    for _, value, _ in _attributes(message):
        if "StringListValues" in value or "BinaryListValues" in value:
            yield invalid_parameter(
                "Message attribute list values in SendMessage operation are not supported."
            )


def too_many(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of more than ten attributes."""
    count = len(message.get("MessageAttributes", {}))
    if count > _ATTRIBUTES_MAX:
        yield invalid_parameter(
            f"Number of message attributes [{count}] exceeds the allowed maximum [10]."
        )


def periods(message: Parameters) -> Iterator[Outcome]:
    """Give the refusals of names with a period at an end, or two in a row, or that are too long."""
    for name, _, _ in _attributes(message):
        if len(name.encode()) > _NAME_BYTES_MAX:
            yield invalid_parameter(
                "Message (user) attribute name must be shorter than 256 bytes."
            )
        elif ".." in f".{name}.":
            yield _wrong_name(name)


def wrong_names(message: Parameters) -> Iterator[Outcome]:
    """Give the refusals of names with other characters; moto refuses them, too."""
    for name, _, _ in _attributes(message):
        if re.search(r"[^A-Za-z0-9_.-]", name):
            yield _wrong_name(name)


def _wrong_name(name: str) -> Outcome:
    return invalid_parameter(
        f"The message attribute name '{name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, "
        "underscore (_), hyphen (-), and period (.) characters."
    )


def system_attributes(message: Parameters) -> Iterator[Outcome]:
    """Give the refusals of system attributes that there are not."""
    for name in message.get("MessageSystemAttributes", {}):
        if name != "AWSTraceHeader":
            yield invalid_parameter(f"Message system attribute name '{name}' is invalid.")


def negative_delay(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of a delay below zero."""
    delay = message.get("DelaySeconds", 0)
    if delay < 0:
        yield invalid(delay, "DelaySeconds", "DelaySeconds must be >= 0 and <= 900.")


def tokens(message: Parameters) -> Iterator[Outcome]:
    """Give the refusals of a group or a deduplication id with letters that it cannot have."""
    for name in ("MessageGroupId", "MessageDeduplicationId"):
        if name in message and not _TOKEN.fullmatch(message[name]):
            yield invalid(
                message[name],
                name,
                f"{name} can only include alphanumeric and punctuation characters. 1 to 128 in "
                "length.",
            )


def no_group(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of one without a group where the queue is a FIFO queue."""
    if "MessageGroupId" not in message and is_fifo(message):
        yield missing("MessageGroupId")


def own_delay(message: Parameters) -> Iterator[Outcome]:
    """Give the refusal of a delay of its own where the queue is a FIFO queue."""
    if message.get("DelaySeconds", 0) > 0 and is_fifo(message):
        yield invalid(message["DelaySeconds"], "DelaySeconds", _UNFIT)


OVERLOOKED: tuple[Mistake, ...] = (
    no_body,
    forbidden_characters,
    forbidden_values,
    repeats_of_a_standard_queue,
    no_type,
    no_number,
    no_value,
    reserved_names,
    lists,
    too_many,
    periods,
    system_attributes,
    negative_delay,
    tokens,
)
"""Those that moto does not see, or tells in other words."""


def refusals(message: Parameters) -> set[Outcome]:
    """Return all that AWS may refuse *message* with."""
    every = (*OVERLOOKED, wrong_names, no_group, own_delay)
    return {refusal for mistake in every for refusal in mistake(message)}
