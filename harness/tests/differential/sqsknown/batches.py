"""Where moto's batches differ, as a whole."""

import re
from collections.abc import Callable, Iterator

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, resolved
from harness.tests.differential.sqsknown.asking import (
    NO_QUEUE,
    OK,
    REFERENCE,
    URL,
    Outcome,
    Parameters,
    differs,
    outcome,
    queue,
)
from harness.tests.differential.sqsknown.entries import entries_of, outcomes
from harness.tests.differential.sqsknown.receiving import no_handle

_PREFIX = "AWS.SimpleQueueService."
_ENTRIES_MAX = 10
_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_SECONDS_MAX = 43_200


def repeated_handles(batch: Parameters) -> Iterator[Outcome]:
    """Give what moto says of a batch that deletes by one handle twice."""
    seen: list[object] = []
    for entry in batch.get("Entries", []):
        handle = resolved(entry.get("ReceiptHandle"), "theirs")
        if handle is not None and handle in seen:
            yield f"{_PREFIX}BatchEntryIdsNotDistinct", f"Id {entry['Id']} repeated."
        seen.append(handle)


def _no_batch(name: str) -> Callable[[Parameters], Iterator[Outcome]]:
    """Return what gives the refusals of a batch of entries of this kind, as a whole."""

    def refusals(batch: Parameters) -> Iterator[Outcome]:
        ids = [entry["Id"] for entry in batch["Entries"]]
        if not ids:
            yield (
                f"{_PREFIX}EmptyBatchRequest",
                f"There should be at least one {name}RequestEntry in the request.",
            )
        elif len(ids) > _ENTRIES_MAX:
            yield (
                f"{_PREFIX}TooManyEntriesInBatchRequest",
                f"Maximum number of entries per request are 10. You have sent {len(ids)}.",
            )
        for each in ids:
            if not _ID.fullmatch(each):
                yield (
                    f"{_PREFIX}InvalidBatchEntryId",
                    (
                        "A batch entry id can only contain alphanumeric characters, hyphens and "
                        "underscores. It can be at most 80 letters long."
                    ),
                )
            if ids.count(each) > 1:
                yield f"{_PREFIX}BatchEntryIdsNotDistinct", f"Id {each} repeated."

    return refusals


def _no_batch_told(batch: Parameters) -> Iterator[Outcome]:
    """Give what moto says instead."""
    yield OK
    yield from repeated_handles(batch)


def _nothing_to_look_for(exchange: Exchange) -> bool:
    """Whether no entry made moto look for the queue."""
    return (
        exchange.operation == "ChangeMessageVisibilityBatch"
        and outcome(exchange.ours) == NO_QUEUE
        and exchange.theirs.is_ok
        and all(
            each["VisibilityTimeout"] > _SECONDS_MAX for each in exchange.parameters["Entries"]
        )
    )


def _handles_must_differ(exchange: Exchange) -> bool:
    """Whether theirs refuses a handle that comes twice, and ours has looked at each entry."""
    return (
        exchange.operation == "DeleteMessageBatch"
        and outcome(exchange.theirs) in repeated_handles(exchange.parameters)
        and exchange.ours.is_ok
        and all(
            told in (OK, no_handle(entry))
            for entry in entries_of(exchange.parameters).values()
            for told in [outcomes(exchange.ours.output)[entry["Id"]]]
        )
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "what a batch of handles to delete by must be",
        differs("DeleteMessageBatch", _no_batch("DeleteMessageBatch"), _no_batch_told),
        queue("q", "DeleteMessageBatch", Entries=[{"Id": "a b", "ReceiptHandle": "nonsense"}]),
        divergence(
            service="sqs",
            theirs="Handles may come in a batch that is too long, or whose ids are not distinct or no"
            " ids.",
            ours="The batch is refused, as one of messages is.",
            aws="BatchEntryIdsNotDistinct, EmptyBatchRequest, InvalidBatchEntryId and"
            " TooManyEntriesInBatchRequest are errors of DeleteMessageBatch.",
            source=f"{REFERENCE}API_DeleteMessageBatch.html",
            right="ours",
        ),
    ),
    Known(
        "what a batch of handles to hide by must be",
        differs(
            "ChangeMessageVisibilityBatch",
            _no_batch("ChangeMessageVisibilityBatch"),
            _no_batch_told,
        ),
        queue("q", "ChangeMessageVisibilityBatch", Entries=[]),
        divergence(
            service="sqs",
            theirs="An empty batch succeeds, and ids may be any text.",
            ours="The batch is refused, as one of messages is.",
            aws="BatchEntryIdsNotDistinct, EmptyBatchRequest, InvalidBatchEntryId and"
            " TooManyEntriesInBatchRequest are errors of ChangeMessageVisibilityBatch.",
            source=f"{REFERENCE}API_ChangeMessageVisibilityBatch.html",
            right="ours",
        ),
    ),
    Known(
        "a batch for a queue that is not there",
        _nothing_to_look_for,
        lambda peers: peers.call(
            "sqs", "ChangeMessageVisibilityBatch", QueueUrl=URL + "gone", Entries=[]
        ),
        divergence(
            service="sqs",
            theirs="An empty batch for a queue that is not there succeeds.",
            ours="It is refused.",
            aws="QueueDoesNotExist: Ensure that the QueueUrl is correct and that the queue has not been"
            " deleted.",
            source=f"{REFERENCE}API_ChangeMessageVisibilityBatch.html",
            right="ours",
        ),
    ),
    Known(
        "one handle twice in a batch",
        _handles_must_differ,
        queue(
            "q",
            "DeleteMessageBatch",
            Entries=[{"Id": name, "ReceiptHandle": "nonsense"} for name in ("a", "b")],
        ),
        divergence(
            service="sqs",
            theirs="Two entries with one receipt handle have ids that are not distinct.",
            ours="Ids are compared, and handles are not.",
            aws="BatchEntryIdsNotDistinct: two or more batch entries in the request have the same Id.",
            source=f"{REFERENCE}API_DeleteMessageBatch.html",
            right="ours",
        ),
    ),
)
