"""What the batch operations have in common: checks of the list, and one answer per entry."""

import re
from collections.abc import Callable, Sequence

from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import prefixed

ENTRIES_MAX = 10
_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


def require_batch(entries: Sequence[Parameters], entry_name: str) -> None:
    """Raise AWS's error unless *entries* are 1 to 10 with distinct, well-formed ids."""
    if not entries:
        raise prefixed(
            "EmptyBatchRequest", f"There should be at least one {entry_name} in the request."
        )
    if len(entries) > ENTRIES_MAX:
        raise prefixed(
            "TooManyEntriesInBatchRequest",
            f"Maximum number of entries per request are {ENTRIES_MAX}. "
            f"You have sent {len(entries)}.",
        )
    seen: list[str] = []
    for entry in entries:
        entry_id = entry["Id"]
        if _ID.fullmatch(entry_id) is None:
            raise prefixed(
                "InvalidBatchEntryId",
                "A batch entry id can only contain alphanumeric characters, hyphens and "
                "underscores. It can be at most 80 letters long.",
            )
        if entry_id in seen:
            raise prefixed("BatchEntryIdsNotDistinct", f"Id {entry_id} repeated.")
        seen.append(entry_id)


def each(entries: Sequence[Parameters], act: Callable[[Parameters], Output]) -> Output:
    """Return what *act* answers for each entry; its errors fail the entry, not the batch."""
    successful: list[Output] = []
    failed: list[Output] = []
    for entry in entries:
        try:
            successful.append({"Id": entry["Id"], **act(entry)})
        except ServiceError as error:
            failed.append(
                {
                    "Id": entry["Id"],
                    "SenderFault": True,
                    "Code": error.code,
                    "Message": error.message,
                }
            )
    # AWS leaves an empty list out, whatever its model says, and so does botocore.
    answer = {"Successful": successful, "Failed": failed}
    return {name: results for name, results in answer.items() if results}
