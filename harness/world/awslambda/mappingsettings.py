"""The parameters of CreateEventSourceMapping and UpdateEventSourceMapping, as a `Mapping`'s settings."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from harness.kernel.instant import Instant, seconds
from harness.mappings.filtering import compile_filters
from harness.mappings.mapping import Mapping as EventSourceMapping
from harness.services.base.timestamps import instant_from
from harness.world.awslambda.bounds import member
from harness.world.awslambda.destinationconfig import destination_of
from harness.world.awslambda.errors import invalid_value
from harness.world.awslambda.sources import Source

_QUEUE_BATCH, _STREAM_BATCH = 10, 100
_RECORD_AGE_MIN = 60

STREAM_ONLY = (
    "BisectBatchOnFunctionError",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "ParallelizationFactor",
    "TumblingWindowInSeconds",
)
COMMON = frozenset({
    "BatchSize", "DestinationConfig", "Enabled", "FilterCriteria", "FunctionName",
    "FunctionResponseTypes", "MaximumBatchingWindowInSeconds", "ScalingConfig", *STREAM_ONLY,
})  # fmt: skip
"""The parameters that creating and updating a mapping have in common, of those that are modelled."""


def new_mapping(
    parameters: Mapping[str, Any],
    source: Source,
    *,
    uuid: str,
    function_name: str,
    now: Instant,
) -> EventSourceMapping:
    """Return the mapping that CreateEventSourceMapping asks for."""
    position, timestamp = _starting_position(parameters, source, now)
    mapping = EventSourceMapping(
        logical_id=uuid,
        function_name=function_name,
        source_kind=source.kind,
        source_name=source.name,
        source_arn=source.arn,
        batch_size=_QUEUE_BATCH if source.kind == "sqs" else _STREAM_BATCH,
        starting_position=position,
        starting_timestamp=timestamp,
    )
    return changed_mapping(mapping, parameters)


def changed_mapping(
    mapping: EventSourceMapping, parameters: Mapping[str, Any]
) -> EventSourceMapping:
    """Return *mapping* with the settings that *parameters* give; raise what Lambda refuses."""
    _require_fitting(mapping, parameters)
    changes: dict[str, Any] = {}
    for name, read in _READERS.items():
        if name in parameters:
            changes.update(read(parameters[name]))
    changed = replace(mapping, **changes)
    compile_filters(changed.filters, changed.source_kind)
    return changed


def _require_fitting(mapping: EventSourceMapping, parameters: Mapping[str, Any]) -> None:
    """Raise AWS's error for a parameter that the kind of source does not have."""
    unfit = ("ScalingConfig",) if mapping.source_kind != "sqs" else STREAM_ONLY
    for name in unfit:
        if name in parameters:
            raise invalid_value(
                f"Unsupported '{member(name)}' parameter for given event source mapping type."
            )
    config = parameters.get("DestinationConfig", {})
    if "OnSuccess" in config or (mapping.source_kind == "sqs" and config.get("OnFailure")):
        raise invalid_value(
            "Unsupported DestinationConfig parameter for given event source mapping type."
        )


def _starting_position(
    parameters: Mapping[str, Any], source: Source, now: Instant
) -> tuple[Any, Instant | None]:
    """Return where to begin, as AWS checks it."""
    position = parameters.get("StartingPosition")
    stamp = parameters.get("StartingPositionTimestamp")
    if source.kind == "sqs":
        if position is not None or stamp is not None:
            raise invalid_value("StartingPosition is not valid for SQS event sources.")
        return "TRIM_HORIZON", None
    if position is None:
        raise invalid_value(
            "1 validation error detected: Value null at 'startingPosition' failed to satisfy "
            "constraint: Member must not be null."
        )
    if position != "AT_TIMESTAMP":
        if stamp is not None:
            raise invalid_value("Timestamp only valid with StartingPosition AT_TIMESTAMP")
        return position, None
    if source.kind == "dynamodb":
        raise invalid_value(f"Unsupported starting position for arn type: {source.arn}")
    return position, _timestamp(stamp, now)


def _timestamp(stamp: Any, now: Instant) -> Instant:
    if stamp is None:
        raise invalid_value("StartingPositionTimestamp is required for AT_TIMESTAMP.")
    instant = instant_from(stamp)
    if instant < 0:
        raise invalid_value(
            "Received Exception while reading from provided stream. "
            "class java.lang.Long can not be converted to a Timestamp"
        )
    if instant > now:
        raise invalid_value("StartingPositionTimestamp cannot be in the future.")
    return instant


def _unlimited(field: str) -> Callable[[int], dict[str, Any]]:
    return lambda value: {field: None if value == -1 else value}


def _in_seconds(field: str) -> Callable[[int], dict[str, Any]]:
    return lambda value: {field: seconds(value)}


def _plain(field: str) -> Callable[[Any], dict[str, Any]]:
    return lambda value: {field: value}


def _record_age(value: int) -> dict[str, Any]:
    if value == -1:
        return {"maximum_record_age": None}
    if value < _RECORD_AGE_MIN:
        # AWS's own text is not recorded anywhere at hand.
        raise invalid_value(
            f"MaximumRecordAgeInSeconds must be -1 or at least {_RECORD_AGE_MIN}: {value}"
        )
    return {"maximum_record_age": seconds(value)}


def _filters(criteria: Mapping[str, Any]) -> dict[str, Any]:
    filters = criteria.get("Filters", ())
    return {"filters": tuple(filter_.get("Pattern", "") for filter_ in filters)}


_READERS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "BatchSize": _plain("batch_size"),
    "BisectBatchOnFunctionError": _plain("bisect_batch_on_function_error"),
    "DestinationConfig": lambda config: {"on_failure": destination_of(config, "OnFailure")},
    "Enabled": _plain("is_enabled"),
    "FilterCriteria": _filters,
    "FunctionResponseTypes": lambda kinds: {"report_batch_item_failures": bool(kinds)},
    "MaximumBatchingWindowInSeconds": _in_seconds("batching_window"),
    "MaximumRecordAgeInSeconds": _record_age,
    "MaximumRetryAttempts": _unlimited("maximum_retry_attempts"),
    "ParallelizationFactor": _plain("parallelization_factor"),
    "ScalingConfig": lambda config: {"maximum_concurrency": config.get("MaximumConcurrency")},
    "TumblingWindowInSeconds": _in_seconds("tumbling_window"),
}
