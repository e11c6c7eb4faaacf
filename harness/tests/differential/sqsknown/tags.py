"""Where moto's queues are tagged otherwise."""

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
    invalid_parameter,
    queue,
)

_TAGS_MAX = 50


def _too_many(call: Parameters) -> Iterator[Outcome]:
    """Give the refusal of a queue that is made with too many tags, or may be given too many."""
    name = call.get("QueueName", call.get("QueueUrl", "").rpartition("/")[2])
    if "Tags" in call or len(call.get("tags", {})) > _TAGS_MAX:
        yield invalid_parameter(f"Too many tags added for queue {name}.")


KNOWN: tuple[Known, ...] = (
    Known(
        "a queue without tags",
        lambda exchange: (
            exchange.operation == "ListQueueTags"
            and exchange.ours.is_ok
            and (exchange.ours.output, exchange.theirs.output) == ({}, {"Tags": {}})
        ),
        queue("q", "ListQueueTags"),
        divergence(
            service="sqs",
            theirs="A queue without tags has an empty map of them.",
            ours="It has none.",
            aws="When the last tag is taken away ListQueueTags answers no Tags at all.",
            source=RECORDED,
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "fifty tags",
        differs("CreateQueue TagQueue", _too_many, always(OK, EXISTS)),
        lambda peers: peers.call(
            "sqs", "CreateQueue", QueueName="q", tags={str(number): "x" for number in range(51)}
        ),
        divergence(
            service="sqs",
            theirs="A queue may be made with more than fifty tags, or be given them little by"
            " little.",
            ours="It may have fifty.",
            aws="Adding more than 50 tags to a queue isn't recommended; that it is refused is not"
            " documented.",
            source=f"{REFERENCE}API_TagQueue.html",
            right="either",
        ),
    ),
)
