"""Deployments: functions and mappings with some of their settings changed, in AWS's words."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from harness.errors import HarnessError
from harness.kernel.instant import Duration, in_seconds
from harness.mappings.mapping import Mapping as EventSourceMapping
from harness.mappings.mapping import SourceKind
from harness.mappings.queuecreation import check_queue_settings
from harness.runtime.function import Function
from harness.services.base.errors import ServiceError
from harness.world.deployedsettings import (
    FUNCTION,
    QUEUE_MAPPING,
    STREAM_MAPPING,
    Readers,
    SettingValueError,
)
from harness.world.template.resources.sqs import FIFO_SUFFIX

VisibilityOf = Callable[[str], Duration | None]


class DeploymentError(HarnessError):
    """A setting that cannot be deployed, and what could be."""

    def __init__(self, setting: str, problem: str) -> None:
        self.setting = setting
        """Its name, in AWS's words."""
        super().__init__(problem)


class DeploymentRefusedError(HarnessError):
    """A deployment that AWS would not carry out, in AWS's words."""


def deployed_function(function: Function, settings: Mapping[str, Any]) -> Function:
    """Return *function* with *settings*; ``Environment`` adds to its variables."""
    changes = _changes(function.logical_id, settings, FUNCTION)
    if "environment" in changes:
        changes["environment"] = {**function.environment, **changes["environment"]}
    return replace(function, **changes)


def deployed_mapping(
    mapping: EventSourceMapping, settings: Mapping[str, Any]
) -> EventSourceMapping:
    """Return *mapping* with *settings*."""
    changes = _changes(mapping.logical_id, settings, _mapping_readers(mapping.source_kind))
    deployed = replace(mapping, **changes)
    if mapping.source_kind == "sqs":
        try:
            check_queue_settings(deployed, is_fifo=mapping.source_name.endswith(FIFO_SUFFIX))
        except ServiceError as error:
            raise DeploymentRefusedError(error.message) from None
    return deployed


def _mapping_readers(kind: SourceKind) -> Readers:
    return QUEUE_MAPPING if kind == "sqs" else STREAM_MAPPING


def _changes(logical_id: str, settings: Mapping[str, Any], known: Readers) -> dict[str, Any]:
    """Return the fields that *settings* change; raises DeploymentError."""
    changes: dict[str, Any] = {}
    for setting, value in settings.items():
        reader = known.get(setting)
        if reader is None:
            raise DeploymentError(setting, _unknown(logical_id, setting, known))
        try:
            changes.update(reader(value))
        except SettingValueError as error:
            problem = f"{setting!r} must be {error}, not {_shown(value)}"
            raise DeploymentError(setting, problem) from None
    return changes


def _unknown(logical_id: str, setting: str, known: Readers) -> str:
    close = get_close_matches(setting, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(sorted(known))}"
    return f"{logical_id} has no setting {setting!r} that can be deployed; {hint}"


def _shown(value: Any) -> str:
    """Return *value* as its author wrote it; a mapping may hold secrets."""
    return "a mapping" if isinstance(value, dict) else json.dumps(value, default=repr)


def check_timeout(
    function: Function,
    mappings: Iterable[EventSourceMapping],
    visibility: VisibilityOf,
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
