"""The settings that a deployment may change: which values AWS takes, and the fields they become."""

from collections.abc import Callable, Mapping
from typing import Any

from harness.kernel.instant import seconds
from harness.world.template.resources.environment import problem_of_name
from harness.world.template.resources.eventsourcemapping import RECORD_AGE_MAX, RECORD_AGE_MIN
from harness.world.template.resources.function import HANDLER

Reader = Callable[[Any], dict[str, Any]]
"""A value -> the fields that it changes; raises SettingValueError."""
Readers = Mapping[str, Reader]

_UNLIMITED = -1


class SettingValueError(ValueError):
    """Says what a setting's value must be."""


def _whole(value: Any, low: int, high: int) -> int:
    # To Python true is a number.
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise SettingValueError(f"a whole number from {low} to {high}")
    return value


def _number(field: str, low: int, high: int) -> Reader:
    return lambda value: {field: _whole(value, low, high)}


def _seconds(field: str, low: int, high: int) -> Reader:
    return lambda value: {field: seconds(_whole(value, low, high))}


def _flag(field: str) -> Reader:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, bool):
            raise SettingValueError("true or false")
        return {field: value}

    return read


def _handler(value: Any) -> dict[str, Any]:
    if not isinstance(value, str) or not HANDLER.fullmatch(value):
        raise SettingValueError("a dotted path such as 'package.module.function'")
    return {"handler": value}


def _environment(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SettingValueError("a mapping of variables")
    return {"environment": {_name(name): _text(name, one) for name, one in value.items()}}


def _name(name: Any) -> str:
    problem = problem_of_name(str(name))
    if problem is not None:
        raise SettingValueError(f"a mapping of variables ({problem})")
    return str(name)


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()  # as CloudFormation writes it
    if not isinstance(value, str | int | float):
        raise SettingValueError(f"a mapping of variables ({name} must be a text)")
    return str(value)


def _reserved_concurrency(value: Any) -> dict[str, Any]:
    return {"reserved_concurrency": None if value is None else _whole(value, 0, 1000)}


def _maximum_concurrency(value: Any) -> dict[str, Any]:
    return {"maximum_concurrency": None if value is None else _whole(value, 2, 1000)}


def _retry_attempts(value: Any) -> dict[str, Any]:
    attempts = _whole(value, _UNLIMITED, 10_000)
    return {"maximum_retry_attempts": None if attempts == _UNLIMITED else attempts}


def _record_age(value: Any) -> dict[str, Any]:
    if value == _UNLIMITED:
        return {"maximum_record_age": None}
    try:
        return {"maximum_record_age": seconds(_whole(value, RECORD_AGE_MIN, RECORD_AGE_MAX))}
    except SettingValueError as error:
        raise SettingValueError(f"-1 or {error}") from None


def _response_types(value: Any) -> dict[str, Any]:
    if value not in ([], ["ReportBatchItemFailures"]):
        raise SettingValueError("[ReportBatchItemFailures] or []")
    return {"report_batch_item_failures": bool(value)}


FUNCTION: Readers = {
    "Environment": _environment,
    "Handler": _handler,
    "MemorySize": _number("memory_mb", 128, 10_240),
    "ReservedConcurrentExecutions": _reserved_concurrency,
    "Timeout": _seconds("timeout", 1, 900),
}

_MAPPING: Readers = {
    "BatchSize": _number("batch_size", 1, 10_000),
    "Enabled": _flag("is_enabled"),
    "FunctionResponseTypes": _response_types,
    "MaximumBatchingWindowInSeconds": _seconds("batching_window", 0, 300),
}
STREAM_MAPPING: Readers = {
    **_MAPPING,
    "BisectBatchOnFunctionError": _flag("bisect_batch_on_function_error"),
    "MaximumRecordAgeInSeconds": _record_age,
    "MaximumRetryAttempts": _retry_attempts,
}
QUEUE_MAPPING: Readers = {**_MAPPING, "MaximumConcurrency": _maximum_concurrency}
