"""Where moto makes queues that AWS refuses, or says so in other words."""

import re
from collections.abc import Iterator

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import (
    EXISTS,
    NO_QUEUE,
    OK,
    RECORDED,
    REFERENCE,
    Outcome,
    Parameters,
    always,
    asked,
    differs,
    invalid_parameter,
    outcome,
)

_ACCOUNT = "123456789012"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")
_FIFO_NAME = re.compile(r"[A-Za-z0-9_-]{1,75}\.fifo")
_NAME_TEXT = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"


def _is_made_fifo(call: Parameters) -> bool:
    is_fifo: bool = call.get("Attributes", {}).get("FifoQueue") == "true"
    return is_fifo


def _wrong_name(call: Parameters) -> Iterator[Outcome]:
    if not _is_made_fifo(call) and not _NAME.fullmatch(call["QueueName"]):
        yield invalid_parameter(_NAME_TEXT)


def _made_with_a_suffix(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says of a standard queue that is called as a FIFO queue is."""
    if call["QueueName"].endswith(".fifo"):
        yield from [OK, EXISTS]


def _wrong_fifo_name(call: Parameters) -> Iterator[Outcome]:
    if _is_made_fifo(call) and not _FIFO_NAME.fullmatch(call["QueueName"]):
        yield invalid_parameter(
            "The name of a FIFO queue can only include alphanumeric characters, hyphens, or "
            "underscores, must end with .fifo suffix and be 1 to 80 in length."
        )


def _wrong_fifo_name_told(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says of the same."""
    if call["QueueName"].endswith(".fifo"):
        yield invalid_parameter(_NAME_TEXT)
    else:
        yield invalid_parameter("Queue name must end in .fifo for FIFO queues")


def _is_otherwise(call: Parameters) -> Iterator[Outcome]:
    """Give the refusals of a queue that is there, and has another value for an attribute."""
    for name in call.get("Attributes", {}):
        yield (
            "QueueAlreadyExists",
            (
                "A queue already exists with the same name and a different value for attribute "
                f"{name}"
            ),
        )


def _is_otherwise_unseen(call: Parameters) -> Iterator[Outcome]:
    """Give the same of those attributes that moto does not compare."""
    for refusal in _is_otherwise(call):
        if refusal[1].endswith(_NOT_COMPARED):
            yield refusal


_NOT_COMPARED = ("RedriveAllowPolicy", "KmsDataKeyReusePeriodSeconds")


def _deleted_recently(_call: Parameters) -> Iterator[Outcome]:
    yield (
        "AWS.SimpleQueueService.QueueDeletedRecently",
        (
            "You must wait 60 seconds after deleting a queue before you can create another with the "
            "same name."
        ),
    )


def _is_found_elsewhere(exchange: Exchange) -> bool:
    return (
        exchange.operation == "GetQueueUrl"
        and exchange.parameters.get("QueueOwnerAWSAccountId", _ACCOUNT) != _ACCOUNT
        and (outcome(exchange.ours), outcome(exchange.theirs)) == (NO_QUEUE, OK)
    )


def _made_after_it_was_deleted(peers: Peers) -> Exchange:
    asked(peers, "q", "DeleteQueue")
    return peers.call("sqs", "CreateQueue", QueueName="q")


def _found_elsewhere(peers: Peers) -> Exchange:
    asked(peers, "q", "GetQueueAttributes")
    given = {"QueueName": "q", "QueueOwnerAWSAccountId": "111122223333"}
    return peers.call("sqs", "GetQueueUrl", **given)


def _made_twice(peers: Peers) -> Exchange:
    asked(peers, "q", "GetQueueAttributes")
    return peers.call("sqs", "CreateQueue", QueueName="q", Attributes={"VisibilityTimeout": "11"})


def _made_twice_for_others(peers: Peers) -> Exchange:
    asked(peers, "q", "GetQueueAttributes")
    allowance = {"RedriveAllowPolicy": '{"redrivePermission": "denyAll"}'}
    return peers.call("sqs", "CreateQueue", QueueName="q", Attributes=allowance)


KNOWN: tuple[Known, ...] = (
    Known(
        "a FIFO queue's name",
        differs("CreateQueue", _wrong_fifo_name, _wrong_fifo_name_told),
        lambda peers: peers.call(
            "sqs", "CreateQueue", QueueName="x", Attributes={"FifoQueue": "true"}
        ),
        divergence(
            service="sqs",
            theirs="Queue name must end in .fifo for FIFO queues",
            ours="The text names the characters, the suffix and the length.",
            aws="A queue name can have up to 80 characters, alphanumeric, hyphens and underscores; a"
            " FIFO queue name must end with the .fifo suffix. The text is not documented.",
            source=f"{REFERENCE}API_CreateQueue.html",
            right="either",
        ),
    ),
    Known(
        "a queue that is there with other attributes",
        differs("CreateQueue", _is_otherwise, always(EXISTS)),
        _made_twice,
        divergence(
            service="sqs",
            theirs="The specified queue already exists.",
            ours="The text names the attribute that differs.",
            aws="A queue already exists with the same name and a different value for attribute"
            " DelaySeconds",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a queue that is there and allows other sources",
        differs("CreateQueue", _is_otherwise_unseen, always(OK)),
        _made_twice_for_others,
        divergence(
            service="sqs",
            theirs="A queue is the same whatever its redrive allow policy is.",
            ours="QueueAlreadyExists.",
            aws="If you attempt to create a queue with a name that already exists but with different"
            " attribute names or values, the CreateQueue action will return an error.",
            source=f"{REFERENCE}API_CreateQueue.html",
            right="ours",
        ),
    ),
    Known(
        "a name with a dot",
        differs("CreateQueue", _wrong_name, _made_with_a_suffix),
        lambda peers: peers.call("sqs", "CreateQueue", QueueName="x.fifo"),
        divergence(
            service="sqs",
            theirs="A standard queue may be called x.fifo.",
            ours="It may not: a dot belongs to a FIFO queue's suffix alone.",
            aws="A queue name can have up to 80 characters. Valid values: alphanumeric characters,"
            " hyphens (-), and underscores (_).",
            source=f"{REFERENCE}API_CreateQueue.html",
            right="ours",
        ),
    ),
    Known(
        "a name is taken for a minute",
        differs("CreateQueue", _deleted_recently, always(OK)),
        _made_after_it_was_deleted,
        divergence(
            service="sqs",
            theirs="A queue that was deleted can be made again at once.",
            ours="QueueDeletedRecently for sixty seconds.",
            aws="You must wait 60 seconds after deleting a queue before you can create another queue"
            " with the same name.",
            source=f"{REFERENCE}API_CreateQueue.html",
            right="ours",
        ),
    ),
    Known(
        "another account's queue",
        _is_found_elsewhere,
        _found_elsewhere,
        divergence(
            service="sqs",
            theirs="A queue is found whoever is said to own it.",
            ours="Another account has no queue of that name.",
            aws="QueueOwnerAWSAccountId: the account ID of the account that created the queue.",
            source=f"{REFERENCE}API_GetQueueUrl.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
