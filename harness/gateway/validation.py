"""Parameter validation: botocore's own rules, checked fast and worded by botocore.

botocore validates the parameters of one UpdateItem in some 30 us.  Here each shape is compiled
once to what says whether a value is surely valid; only when it is not does botocore's own validator
look again, and word the error.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from botocore.exceptions import ParamValidationError
from botocore.model import OperationModel, Shape
from botocore.validate import ParamValidator

Expected = type | Callable[[Any], bool]
"""What a value must be: exactly of a type, or what a predicate says of it.

Nearly every value is a text, a number or a truth value without bounds; for these a type is compared
and no call is spent.
"""

_UNBOUNDED = 0


def _is_met(expected: Expected, value: Any) -> bool:
    """Whether *value* is what is expected."""
    return type(value) is expected or (not isinstance(expected, type) and expected(value))


@lru_cache(maxsize=1024)  # models outlive worlds, and a predicate keeps nothing
def validator(operation: OperationModel) -> Callable[[Any], None]:
    """Return a function that raises botocore's `ParamValidationError` for invalid parameters."""
    shape = operation.input_shape
    if shape is None:
        return lambda _parameters: None
    expected = _expected(shape, {})

    def validate(parameters: Any) -> None:
        if _is_met(expected, parameters):
            return
        report = ParamValidator().validate(parameters, shape)
        if report.has_errors():
            raise ParamValidationError(report=report.generate_report())

    return validate


def _expected(shape: Shape, known: dict[str, Expected]) -> Expected:
    """Return what a value of *shape* must be; *known* breaks the circle of recursive shapes."""
    if shape.name not in known:
        expected = _BY_TYPE.get(shape.type_name, _never)(shape, known)
        known.setdefault(shape.name, expected)
    return known[shape.name]


def _structure(shape: Any, known: dict[str, Expected]) -> Expected:
    if getattr(shape, "is_document_type", False):
        return _never(shape, known)
    members: dict[str, Expected] = {}
    find = members.get
    required = frozenset(shape.required_members)
    is_union = bool(getattr(shape, "is_tagged_union", False))

    def is_valid(value: Any) -> bool:
        if type(value) is not dict or (is_union and len(value) != 1):
            return False
        for name, member in value.items():
            expected = find(name)
            if type(member) is not expected and (
                expected is None or isinstance(expected, type) or not expected(member)
            ):
                return False
        return not required or required <= value.keys()

    known[shape.name] = is_valid  # a member may be of this very shape
    members.update((name, _expected(member, known)) for name, member in shape.members.items())
    return is_valid


def _list(shape: Any, known: dict[str, Expected]) -> Expected:
    expected = _expected(shape.member, known)
    length_min = shape.metadata.get("min", _UNBOUNDED)

    def is_valid(value: Any) -> bool:
        if type(value) is not list or len(value) < length_min:
            return False
        return all(_is_met(expected, member) for member in value)

    return is_valid


def _map(shape: Any, known: dict[str, Expected]) -> Expected:
    expected_key = _expected(shape.key, known)
    expected = _expected(shape.value, known)

    def is_valid(value: Any) -> bool:
        if type(value) is not dict:
            return False
        for name, member in value.items():
            if type(name) is not expected_key and not _is_met(expected_key, name):
                return False
            if not _is_met(expected, member):
                return False
        return True

    return is_valid


def _string(shape: Any, _known: dict[str, Expected]) -> Expected:
    length_min = shape.metadata.get("min", _UNBOUNDED)
    if not length_min:
        return str
    return lambda value: type(value) is str and len(value) >= length_min


def _integer(shape: Any, _known: dict[str, Expected]) -> Expected:
    least = shape.metadata.get("min")
    if least is None:
        return int
    return lambda value: type(value) is int and value >= least


def _float(_shape: Any, _known: dict[str, Expected]) -> Expected:
    return lambda value: type(value) in (float, int, Decimal)


def _boolean(_shape: Any, _known: dict[str, Expected]) -> Expected:
    return bool


def _blob(_shape: Any, _known: dict[str, Expected]) -> Expected:
    return bytes


def _never(_shape: Any, _known: dict[str, Expected]) -> Expected:
    """Leave it to botocore."""
    return lambda _value: False


_BY_TYPE: dict[str, Callable[[Any, dict[str, Expected]], Expected]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "string": _string,
    "integer": _integer,
    "long": _integer,
    "float": _float,
    "double": _float,
    "boolean": _boolean,
    "blob": _blob,
}
