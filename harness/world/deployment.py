"""Deployments: functions and mappings with some of their settings changed, in AWS's words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from harness.errors import HarnessError
from harness.kernel.instant import Duration, in_seconds, seconds
from harness.mappings.mapping import Mapping as EventSourceMapping
from harness.runtime.function import Function


class DeploymentError(HarnessError):
    """A setting that cannot be deployed, and what could be."""

    def __init__(self, logical_id: str, setting: str, known: Mapping[str, Any]) -> None:
        close = get_close_matches(setting, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(sorted(known))}"
        super().__init__(f"{logical_id} has no setting {setting!r} that can be deployed; {hint}")


class DeploymentRefusedError(HarnessError):
    """A deployment that AWS would not carry out, in AWS's words."""


Reader = Callable[[Any], dict[str, Any]]
VisibilityOf = Callable[[str], Duration | None]


def _seconds(field: str) -> Reader:
    return lambda value: {field: seconds(value)}


def _limit(field: str) -> Reader:
    """Read a number in which -1 means none."""
    return lambda value: {field: None if value == -1 else value}


def _age_limit(value: int) -> dict[str, Any]:
    age: Duration | None = None if value == -1 else seconds(value)
    return {"maximum_record_age": age}


def _plain(field: str) -> Reader:
    return lambda value: {field: value}


_FUNCTION: Mapping[str, Reader] = {
    "Handler": _plain("handler"),
    "MemorySize": _plain("memory_mb"),
    "ReservedConcurrentExecutions": _plain("reserved_concurrency"),
    "Timeout": _seconds("timeout"),
}

_MAPPING: Mapping[str, Reader] = {
    "BatchSize": _plain("batch_size"),
    "BisectBatchOnFunctionError": _plain("bisect_batch_on_function_error"),
    "Enabled": _plain("is_enabled"),
    "FunctionResponseTypes": lambda value: {
        "report_batch_item_failures": "ReportBatchItemFailures" in value
    },
    "MaximumBatchingWindowInSeconds": _seconds("batching_window"),
    "MaximumConcurrency": _plain("maximum_concurrency"),
    "MaximumRecordAgeInSeconds": _age_limit,
    "MaximumRetryAttempts": _limit("maximum_retry_attempts"),
}


def deployed_function(function: Function, settings: Mapping[str, Any]) -> Function:
    """Return *function* with *settings*; ``Environment`` adds to its variables."""
    changes: dict[str, Any] = {}
    for setting, value in settings.items():
        if setting == "Environment":
            variables = {name: str(text) for name, text in value.items()}
            changes["environment"] = {**function.environment, **variables}
        elif setting in _FUNCTION:
            changes.update(_FUNCTION[setting](value))
        else:
            raise DeploymentError(function.logical_id, setting, {**_FUNCTION, "Environment": None})
    return replace(function, **changes)


def check_timeout(
    function: Function, mappings: Iterable[EventSourceMapping], visibility: VisibilityOf
) -> None:
    """Refuse a timeout that is longer than a queue of the function hides its messages.

    *visibility* gives a queue's visibility timeout, and None for a queue that is gone.  Source:
    Lambda developer guide, "Using Lambda with Amazon SQS"; the text as recorded from AWS.
    """
    for mapping in mappings:
        if (mapping.source_kind, mapping.function_name) != ("sqs", function.name):
            continue
        hidden = visibility(mapping.source_name)
        if hidden is not None and hidden < function.timeout:
            raise DeploymentRefusedError(
                f"Queue visibility timeout: {in_seconds(hidden):.0f} seconds is less than "
                f"Function timeout: {in_seconds(function.timeout):.0f} seconds"
            )


def deployed_mapping(
    mapping: EventSourceMapping, settings: Mapping[str, Any]
) -> EventSourceMapping:
    """Return *mapping* with *settings*."""
    changes: dict[str, Any] = {}
    for setting, value in settings.items():
        if setting not in _MAPPING:
            raise DeploymentError(mapping.logical_id, setting, _MAPPING)
        changes.update(_MAPPING[setting](value))
    return replace(mapping, **changes)
