"""PutRecords in full batches, telling exactly which records were not taken."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from workers.clients.aws import AWS_ERRORS, error_code

BATCH_RECORDS_MAX = 500
# AWS takes 10 MiB today and took 5 MiB for years: the smaller one is right everywhere.
BATCH_BYTES_MAX = 5 * 1024 * 1024

Entry = dict[str, Any]
"""``{"Data": bytes, "PartitionKey": str}``"""


def entry(data: bytes, partition_key: str) -> Entry:
    """Return one record as PutRecords takes it."""
    return {"Data": data, "PartitionKey": partition_key}


def batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield *entries* in batches as large as one call takes; reads no further than it must."""
    remaining = iter(entries)
    while group := list(islice(remaining, BATCH_RECORDS_MAX)):
        # Scored rows are short: nearly always one sum says that all of them fit.
        if sum(map(_size, group)) <= BATCH_BYTES_MAX:
            yield group
        else:
            yield from _fitting(group)


def _size(one: Entry) -> int:
    """Return the bytes of *one*: Kinesis counts the key with the data."""
    return len(one["Data"]) + len(one["PartitionKey"].encode())


def _fitting(group: list[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    total = 0
    for one in group:
        size = _size(one)
        if batch and total + size > BATCH_BYTES_MAX:
            yield batch
            batch = []
            total = 0
        batch.append(one)
        total += size
    yield batch


def put_batch(
    kinesis: Any, stream: str, batch: list[Entry], problems: list[str], *, attempts: int
) -> list[int]:
    """Put *batch* and return the positions that were not taken after *attempts* tries.

    PutRecords answers 200 even when it took nothing: each record has its own answer.  Why a
    record was not taken is added to *problems*.
    """
    missing = list(range(len(batch)))
    for _ in range(attempts):
        try:
            answer = kinesis.put_records(
                StreamName=stream, Records=[batch[position] for position in missing]
            )
        except AWS_ERRORS as error:
            problems.append(error_code(error))
            continue
        if not answer["FailedRecordCount"]:
            return []
        codes = [taken.get("ErrorCode") for taken in answer["Records"]]
        problems += filter(None, codes)
        missing = [position for position, code in zip(missing, codes, strict=True) if code]
    return missing
