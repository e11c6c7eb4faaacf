"""An event source mapping as the API shows it."""

from typing import Any

from harness.kernel.instant import Duration, Instant, to_datetime
from harness.kernel.journal import Journal
from harness.mappings.mapping import Mapping
from harness.services.base.identity import Identity
from harness.world.awslambda.destinationconfig import shown_destination
from harness.world.awslambda.mappingrecords import MappingRecord

_NOTHING_PROCESSED = "No records processed"
_RESULTS = {"batch_failed": "PROBLEM: Function call failed", "checkpoint": "OK"}


def describe(record: MappingRecord, identity: Identity, journal: Journal) -> dict[str, Any]:
    """Return the EventSourceMappingConfiguration of *record*."""
    mapping = record.mapping
    qualifier = "" if record.qualifier is None else f":{record.qualifier}"
    function = f"function:{mapping.function_name}{qualifier}"
    described: dict[str, Any] = {
        "UUID": record.uuid,
        "BatchSize": mapping.batch_size,
        "MaximumBatchingWindowInSeconds": _whole_seconds(mapping.batching_window),
        "EventSourceArn": mapping.source_arn,
        "FunctionArn": identity.arn("lambda", function),
        "LastModified": to_datetime(Instant(record.last_modified // 1_000_000 * 1_000_000)),
        "State": record.state,
        "FunctionResponseTypes": (
            ["ReportBatchItemFailures"] if mapping.report_batch_item_failures else []
        ),
        "EventSourceMappingArn": identity.arn("lambda", f"event-source-mapping:{record.uuid}"),
    }
    if mapping.filters:
        described["FilterCriteria"] = {
            "Filters": [{"Pattern": pattern} for pattern in mapping.filters]
        }
    if mapping.source_kind == "sqs":
        described["StateTransitionReason"] = "USER_INITIATED"
        if mapping.maximum_concurrency is not None:
            described["ScalingConfig"] = {"MaximumConcurrency": mapping.maximum_concurrency}
        return described
    described["StateTransitionReason"] = "User action"
    return described | _of_stream(mapping, _last_result(mapping.logical_id, journal))


def _of_stream(mapping: Mapping, last_result: str) -> dict[str, Any]:
    """Return what only the mappings of streams have."""
    age, attempts = mapping.maximum_record_age, mapping.maximum_retry_attempts
    described: dict[str, Any] = {
        "StartingPosition": mapping.starting_position,
        "ParallelizationFactor": mapping.parallelization_factor,
        "BisectBatchOnFunctionError": mapping.bisect_batch_on_function_error,
        "TumblingWindowInSeconds": _whole_seconds(mapping.tumbling_window),
        "MaximumRecordAgeInSeconds": -1 if age is None else _whole_seconds(age),
        "MaximumRetryAttempts": -1 if attempts is None else attempts,
        "DestinationConfig": {"OnFailure": shown_destination(mapping.on_failure)},
        "LastProcessingResult": last_result,
    }
    if mapping.starting_timestamp is not None:
        described["StartingPositionTimestamp"] = to_datetime(mapping.starting_timestamp)
    return described


def _last_result(logical_id: str, journal: Journal) -> str:
    """Return how the last batch ended, read off the journal."""
    for index in range(len(journal) - 1, -1, -1):
        entry = journal[index]
        if entry.actor == logical_id and entry.kind in _RESULTS:
            return _RESULTS[entry.kind]
    return _NOTHING_PROCESSED


def _whole_seconds(duration: Duration) -> int:
    return duration // 1_000_000
