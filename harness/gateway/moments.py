"""Moments in parameters: a client may write them as botocore's serialisers take them.

An aware datetime, a naive one in UTC, a number of seconds since 1970 or a text; an engine
gets datetimes in UTC alone.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from botocore.model import OperationModel
from botocore.utils import parse_to_aware_datetime

Reader = Callable[[Any], Any]
"""Returns a value with its moments read: a copy where there are any."""


@lru_cache(maxsize=1024)  # models outlive worlds, and a reader keeps nothing
def moment_reader(operation: OperationModel) -> Reader | None:
    """Return what reads the moments of the operation's parameters; None where there are none."""
    shape = operation.input_shape
    return None if shape is None else _reader(shape, frozenset())


def _read(value: Any) -> datetime:
    moment: datetime = parse_to_aware_datetime(value)
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first or the last day that a datetime can tell
        return moment.replace(tzinfo=UTC)


def _reader(shape: Any, above: frozenset[str]) -> Reader | None:
    if shape.type_name == "timestamp":
        return _read
    if shape.name in above:
        return None  # no recursive shape of the modelled services holds a moment
    above |= {shape.name}
    if shape.type_name == "structure":
        return _of_structure(shape, above)
    if shape.type_name in ("list", "map"):
        return _of_members(shape, above)
    return None


def _of_structure(shape: Any, above: frozenset[str]) -> Reader | None:
    found = {name: _reader(member, above) for name, member in shape.members.items()}
    readers = {name: reader for name, reader in found.items() if reader is not None}
    if not readers:
        return None

    has_none = readers.keys().isdisjoint

    def read_members(value: Any) -> Any:
        if value is None or has_none(value):
            return value  # as most calls
        return {
            name: readers[name](member) if name in readers else member
            for name, member in value.items()
        }

    return read_members


def _of_members(shape: Any, above: frozenset[str]) -> Reader | None:
    is_list = shape.type_name == "list"
    reader = _reader(shape.member if is_list else shape.value, above)
    if reader is None:
        return None
    if is_list:
        return lambda value: [reader(member) for member in value]
    return lambda value: {name: reader(member) for name, member in value.items()}
