"""Reading ``batchItemFailures``: what a function's answer says about the batch it was given.

Sources: AWS Lambda developer guide, "Reporting batch item failures", and answers recorded from
AWS for every malformed form.
"""

from collections.abc import Collection, Mapping
from typing import Any


class InvalidReportError(Exception):
    """The answer is no valid report, so the whole batch counts as failed."""


def reported_failures(payload: Any, *, accepts_empty_values: bool) -> list[str]:
    """Return the identifiers that *payload* reports as failed; an empty list means success.

    Streams take ``""`` and ``[]`` for an empty report (*accepts_empty_values*), queues do not.
    Raises `InvalidReportError` for what Lambda cannot read.
    """
    if payload is None or (accepts_empty_values and payload in ("", [])):
        return []
    if not isinstance(payload, Mapping):
        raise InvalidReportError("the response is no JSON object")
    failures = payload.get("batchItemFailures")
    if failures is None:
        return []
    if not isinstance(failures, list):
        raise InvalidReportError("batchItemFailures is no list")
    return [_identifier(failure) for failure in failures]


def _identifier(failure: Any) -> str:
    identifier = failure.get("itemIdentifier") if isinstance(failure, Mapping) else None
    if not isinstance(identifier, str) or not identifier:
        raise InvalidReportError("an itemIdentifier is missing, empty or no string")
    return identifier


def first_failure(payload: Any, sequence_numbers: list[str]) -> int | None:
    """Return the index of the lowest reported record of a stream's batch, or None for success.

    Everything from it on is delivered again, whatever succeeded after it: a shard is ordered.
    """
    identifiers = reported_failures(payload, accepts_empty_values=True)
    if not identifiers:
        return None
    # A batch holds each number once, so the index is found without a search per identifier.
    index_of = {number: index for index, number in enumerate(sequence_numbers)}
    return min(_position(identifier, index_of) for identifier in identifiers)


def _position(identifier: str, index_of: Mapping[str, int]) -> int:
    index = index_of.get(identifier)
    if index is None:
        raise InvalidReportError("an itemIdentifier is not in the batch")
    return index


def failed_messages(payload: Any, message_ids: Collection[str]) -> set[str]:
    """Return the ids of the messages of a queue's batch that stay in the queue."""
    identifiers = reported_failures(payload, accepts_empty_values=False)
    if any(identifier not in message_ids for identifier in identifiers):
        raise InvalidReportError("an itemIdentifier is not in the batch")
    return set(identifiers)
