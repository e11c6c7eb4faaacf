"""The bounds of the settings of an event source mapping, as the service's model has them."""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.mappings.filtering import PATTERN_CHARACTERS_MAX
from harness.services.base.errors import ServiceError
from harness.world.awslambda.errors import invalid

_INTEGERS: Mapping[str, tuple[int, int]] = {
    "BatchSize": (1, 10_000),
    "MaximumBatchingWindowInSeconds": (0, 300),
    "MaximumRecordAgeInSeconds": (-1, 604_800),
    "MaximumRetryAttempts": (-1, 10_000),
    "ParallelizationFactor": (1, 10),
    "TumblingWindowInSeconds": (0, 900),
}
_STARTING_POSITIONS = ("LATEST", "AT_TIMESTAMP", "TRIM_HORIZON")
_RESPONSE_TYPES = ("ReportBatchItemFailures",)
_RESPONSE_TYPES_MAX = 1


def check_bounds(parameters: Mapping[str, Any]) -> None:
    """Raise AWS's ValidationException for the first setting that is out of its bounds."""
    for name, (lowest, highest) in _INTEGERS.items():
        if name in parameters:
            check_between(parameters[name], member(name), lowest, highest)
    if "StartingPosition" in parameters:
        check_choice(parameters["StartingPosition"], "startingPosition", _STARTING_POSITIONS)
    _check_response_types(parameters.get("FunctionResponseTypes", ()))
    _check_patterns(parameters.get("FilterCriteria", {}).get("Filters", ()))
    concurrency = parameters.get("ScalingConfig", {}).get("MaximumConcurrency")
    if concurrency is not None:
        check_between(concurrency, "scalingConfig.maximumConcurrency", 2, 1_000)


def _check_response_types(kinds: Sequence[str]) -> None:
    for index, kind in enumerate(kinds):
        check_choice(kind, f"functionResponseTypes.{index + 1}.member", _RESPONSE_TYPES)
    if len(kinds) > _RESPONSE_TYPES_MAX:
        shown = f"[{', '.join(kinds)}]"
        raise _too_long(shown, "functionResponseTypes", _RESPONSE_TYPES_MAX)


def _check_patterns(filters: Sequence[Mapping[str, str]]) -> None:
    for index, filter_ in enumerate(filters):
        pattern = filter_.get("Pattern", "")
        if len(pattern) > PATTERN_CHARACTERS_MAX:
            where = f"filterCriteria.filters.{index + 1}.member.pattern"
            raise _too_long(pattern, where, PATTERN_CHARACTERS_MAX)


def _too_long(value: str, where: str, longest: int) -> ServiceError:
    return invalid(value, where, f"have length less than or equal to {longest}")


def check_between(value: int, where: str, lowest: int, highest: int) -> None:
    """Raise AWS's ValidationException unless *lowest* <= *value* <= *highest*."""
    if value < lowest:
        raise invalid(value, where, f"have value greater than or equal to {lowest}")
    if value > highest:
        raise invalid(value, where, f"have value less than or equal to {highest}")


def check_choice(value: str, where: str, choices: tuple[str, ...]) -> None:
    """Raise AWS's ValidationException unless *value* is one of *choices*."""
    if value not in choices:
        raise invalid(value, where, f"satisfy enum value set: [{', '.join(choices)}]")


def member(name: str) -> str:
    """Return a parameter's name as AWS's messages spell it."""
    return name[0].lower() + name[1:]
