"""Compiled expressions, kept by their text and names, and the rules about their placeholders."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from harness.services.dynamodb.attributevalues import AttributeValue, normal_value
from harness.services.dynamodb.errors import ValueFaultError, validation
from harness.services.dynamodb.expressions.conditionfaults import operand_faults, shape_faults
from harness.services.dynamodb.expressions.conditionparser import ConditionParser
from harness.services.dynamodb.expressions.conditions import compile_condition
from harness.services.dynamodb.expressions.keyconditions import KeyCondition, key_conditions
from harness.services.dynamodb.expressions.nodes import Condition, Path
from harness.services.dynamodb.expressions.operands import Fault, ValueCheck, Values
from harness.services.dynamodb.expressions.overlaps import path_faults
from harness.services.dynamodb.expressions.predicates import Holds
from harness.services.dynamodb.expressions.projections import Project, compile_projection
from harness.services.dynamodb.expressions.reader import Reader
from harness.services.dynamodb.expressions.tokens import problem
from harness.services.dynamodb.expressions.updatefaults import update_faults, update_shape_faults
from harness.services.dynamodb.expressions.updateparser import UpdateParser
from harness.services.dynamodb.expressions.updates import AnyUpdate, Update

_CACHE_MAX = 10_000
_PLACEHOLDERS_SIZE_MAX = 255
_EMPTY: Mapping[str, Any] = {}
LISTED = (
    "UpdateExpression",
    "ConditionExpression",
    "ProjectionExpression",
    "FilterExpression",
    "KeyConditionExpression",
)
"""The order in which AWS lists them, as DynamoDB Local has it."""
_OF_WRITES = (("ConditionExpression",), ("UpdateExpression", "ConditionExpression"))


class Compiled:
    """All expressions of one request, without the values it binds."""

    __slots__ = (
        "checks",
        "condition",
        "condition_roots",
        "key_conditions",
        "nested_roots",
        "projection",
        "projection_parameter",
        "projection_roots",
        "update",
    )

    def __init__(self) -> None:
        self.checks: list[tuple[str, ValueCheck]] = []
        self.update: AnyUpdate | None = None
        self.condition: Holds | None = None
        """The ConditionExpression or FilterExpression."""
        self.condition_roots: frozenset[str] = frozenset()
        self.key_conditions: tuple[KeyCondition, ...] = ()
        self.nested_roots: frozenset[str] = frozenset()
        """The attributes below which some path reaches; no key may be among them."""
        self.projection: Project | None = None
        self.projection_parameter = "ProjectionExpression"
        """What the projection was given as."""
        self.projection_roots: frozenset[str] = frozenset()


NOTHING = Compiled()
_cache: dict[tuple[object, ...], Compiled] = {}


def bind(
    parameters: Mapping[str, Any], expressions: tuple[str, ...], spare_levels: int = 0
) -> tuple[Compiled, Mapping[str, AttributeValue]]:
    """Return the compiled expressions of a request and its values in normal form.

    *expressions* names those the operation takes, in the order in which AWS reads them.
    The values may have *spare_levels* more levels than an item.
    Raises ``ValidationException`` for every fault that needs no item to be seen.
    """
    names = parameters.get("ExpressionAttributeNames")
    raw = parameters.get("ExpressionAttributeValues")
    texts = tuple(map(parameters.get, expressions))
    values = _EMPTY if raw is None else _normal_values(raw, -spare_levels)
    identity = (
        expressions,
        texts,
        None if names is None else tuple(names.items()),
        None if raw is None else tuple(raw),
    )
    compiled = _cache.get(identity)
    if compiled is None:
        compiled = _compile(expressions, texts, names, values, has_values=raw is not None)
        if len(_cache) >= _CACHE_MAX:
            _cache.clear()
        _cache[identity] = compiled
        return compiled, values
    for parameter, check in compiled.checks:
        fault = check(values)
        if fault is not None:
            raise problem(parameter, fault)
    return compiled, values


def _normal_values(raw: Mapping[str, Any], depth: int) -> dict[str, AttributeValue]:
    values = {}
    for name, value in raw.items():
        content = value.get("S")
        if type(content) is str and len(value) == 1:
            values[name] = {"S": content}
            continue
        try:
            values[name] = normal_value(value, depth)
        except ValueFaultError as fault:
            fault.placeholder = name
            raise
    return values


def _compile(
    expressions: tuple[str, ...],
    texts: tuple[str | None, ...],
    names: Mapping[str, str] | None,
    values: Values,
    *,
    has_values: bool,
) -> Compiled:
    _check_placeholders("ExpressionAttributeNames", "#", names, expressions, texts)
    _check_placeholders(
        "ExpressionAttributeValues", ":", values if has_values else None, expressions, texts
    )
    _refuse_empty_names(names or {})
    compiled = Compiled()
    key_condition: Condition | None = None
    unused_names, unused_values = set(names or ()), set(values)
    for parameter, text in zip(expressions, texts, strict=True):
        if text is None:
            continue
        reader = Reader(parameter, text, names or {}, frozenset(values))
        if parameter == "KeyConditionExpression":
            key_condition = _sound_condition(compiled, reader, values)
        else:
            _COMPILERS[parameter](compiled, reader, values)
        nested = (str(path.parts[0]) for path in reader.paths if len(path.parts) > 1)
        compiled.nested_roots |= frozenset(nested)
        unused_names -= reader.used_names
        unused_values -= reader.used_values
    _refuse_unused("ExpressionAttributeNames", names, unused_names)
    _refuse_unused("ExpressionAttributeValues", values, unused_values)
    if key_condition is not None:
        # Whether it is one about keys is looked at when all expressions are known to be sound.
        compiled.key_conditions = key_conditions(key_condition)
    return compiled


def _check_placeholders(
    parameter: str,
    sign: str,
    given: Mapping[str, Any] | None,
    expressions: tuple[str, ...],
    texts: tuple[str | None, ...],
) -> None:
    if given is None:
        return
    relevant = [name for name in LISTED if sign == "#" or name != "ProjectionExpression"]
    relevant = [name for name in relevant if name in expressions]
    if all(
        text is None for name, text in zip(expressions, texts, strict=True) if name in relevant
    ):
        verb = "is" if len(relevant) == 1 else "are"
        tail = "" if sign == "#" else f": {' and '.join(relevant)} {verb} null"
        fault = f"{parameter} can only be specified when using expressions"
        raise ValueFaultError(fault if expressions in _OF_WRITES else fault + tail, fault + tail)
    if not given:
        raise validation(f"{parameter} must not be empty")
    for name in given:
        body = name[1:].replace("_", "a")
        is_legal = name[:1] == sign and body.isascii() and body.isalnum()
        if not is_legal or len(name) > _PLACEHOLDERS_SIZE_MAX:
            raise validation(f'{parameter} contains invalid key: Syntax error; key: "{name}"')


def _refuse_empty_names(names: Mapping[str, str]) -> None:
    for placeholder, name in names.items():
        if not name:
            raise validation(
                "ExpressionAttributeNames contains invalid value: Empty attribute name "
                f"for key {placeholder}"
            )


def _refuse_unused(parameter: str, given: Mapping[str, Any] | None, unused: set[str]) -> None:
    if unused and given is not None:
        listed = ", ".join(name for name in given if name in unused)
        raise validation(
            f"Value provided in {parameter} unused in expressions: keys: {{{listed}}}"
        )


def _compile_update(compiled: Compiled, reader: Reader, values: Values) -> None:
    parser = UpdateParser(reader)
    actions = parser.parse()
    shape = update_shape_faults(actions, parser.sections)
    _refuse(compiled, reader, chain(shape, update_faults(actions)), values)
    compiled.update = Update(actions, roots(reader.paths))


def _compile_condition(compiled: Compiled, reader: Reader, values: Values) -> None:
    compiled.condition = compile_condition(_sound_condition(compiled, reader, values))
    compiled.condition_roots = roots(reader.paths)


def _compile_projection(compiled: Compiled, reader: Reader, values: Values) -> None:
    reader.path()
    while reader.tokens.take_sign(","):
        reader.path()
    reader.tokens.expect_end()
    malformed = (path.malformed for path in reader.paths if path.malformed is not None)
    _refuse(compiled, reader, chain(malformed, path_faults(reader.paths)), values)
    compiled.projection = compile_projection([path.parts for path in reader.paths])
    compiled.projection_roots = roots(reader.paths)


def _sound_condition(compiled: Compiled, reader: Reader, values: Values) -> Condition:
    node = ConditionParser(reader).parse()
    _refuse(compiled, reader, chain(shape_faults(node), operand_faults(node)), values)
    return node


def _refuse(compiled: Compiled, reader: Reader, faults: Iterable[Fault], values: Values) -> None:
    """Raise the first of *faults*; keep the checks, which other values may not pass."""
    parameter = reader.tokens.parameter
    for fault in faults:
        found = fault if isinstance(fault, str) else fault(values)
        if found is not None:
            raise problem(parameter, found)
        if not isinstance(fault, str):
            compiled.checks.append((parameter, fault))
    reader.check_operators()


def roots(paths: Iterable[Path]) -> frozenset[str]:
    """Return the top-level attributes of *paths*."""
    return frozenset(str(path.parts[0]) for path in paths)


_COMPILERS: dict[str, Callable[[Compiled, Reader, Values], None]] = {
    "UpdateExpression": _compile_update,
    "ConditionExpression": _compile_condition,
    "FilterExpression": _compile_condition,
    "ProjectionExpression": _compile_projection,
}
