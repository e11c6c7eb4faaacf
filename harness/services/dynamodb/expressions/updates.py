"""Updates as closures: from the item before, and values, to the item after.

Every right-hand side sees the item as it was before; the item itself is never changed: the new
one shares what stays the same.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.attributevalues import AttributeValue, Item, nests_too_deep
from harness.services.dynamodb.errors import too_deep, validation
from harness.services.dynamodb.expressions.charges import Charge
from harness.services.dynamodb.expressions.nodes import Action, PathParts, Placeholder
from harness.services.dynamodb.expressions.operands import Evaluate, Values
from harness.services.dynamodb.expressions.updatevalues import (
    compile_add,
    compile_delete,
    compile_set,
)

Apply = Callable[[Item, Values], Item]
"""From the item before (empty if there was none) to the item after."""


class AnyUpdate(Protocol):
    """What changes an item, be it an expression or legacy parameters."""

    @property
    def is_legacy(self) -> bool:
        """Whether a wrong index key is told as one of a put."""
        ...

    @property
    def charge(self) -> Charge | None:
        """What UpdateItem is charged for it, None for nothing."""
        ...

    @property
    def targets(self) -> tuple[PathParts, ...]:
        """The paths it changes."""
        ...

    @property
    def roots(self) -> frozenset[str]:
        """The top-level attributes it touches."""
        ...

    @property
    def looks_at(self) -> frozenset[str]:
        """The top-level attributes that it reads or touches."""
        ...

    @property
    def creates(self) -> bool:
        """Whether it makes an item where there is none."""
        ...

    @property
    def apply(self) -> Apply:
        """The function from the item before to the item after."""
        ...


class Update:
    """A compiled update expression."""

    __slots__ = ("apply", "charge", "creates", "looks_at", "roots", "targets")

    is_legacy = False

    def __init__(self, actions: Sequence[Action], looks_at: frozenset[str]) -> None:
        self.charge = Charge(actions)
        self.targets = tuple(action.path for action in actions)
        self.roots = frozenset(str(path[0]) for path in self.targets)
        """The top-level attributes it touches."""
        self.looks_at = looks_at
        """The top-level attributes that it reads or touches."""
        self.creates = any(action.section in ("SET", "ADD") for action in actions)
        """Whether it makes an item where there is none; REMOVE and DELETE alone do not."""
        self.apply = _compile(actions)


def _compile(actions: Sequence[Action]) -> Apply:
    computed = [(action.path, _evaluation(action)) for action in actions if action.operand]
    removed = [action.path for action in actions if action.section == "REMOVE"]
    if all(len(action.path) == 1 for action in actions):
        return _flat(actions, computed, removed)
    return _nested(actions, computed, removed)


def _evaluation(action: Action) -> Evaluate:
    if action.section == "ADD":
        return compile_add(action)
    if action.section == "DELETE":
        return compile_delete(action)
    assert action.operand is not None, "a SET has a right-hand side"
    return compile_set(action.operand)


def _flat(
    actions: Sequence[Action],
    computed: Sequence[tuple[PathParts, Evaluate]],
    removed: Sequence[PathParts],
) -> Apply:
    constants = [
        (str(action.path[0]), action.operand.name)
        for action in actions
        if action.section == "SET" and isinstance(action.operand, Placeholder)
    ]
    constant_names = {name for name, _ in constants}
    closures = [
        (str(path[0]), evaluate) for path, evaluate in computed if path[0] not in constant_names
    ]
    removed_names = [str(path[0]) for path in removed]

    def apply(item: Item, values: Values) -> Item:
        after = item.copy()
        for name, placeholder in constants:
            after[name] = values[placeholder]
        for name, evaluate in closures:
            value = evaluate(item, values)
            if value is not None:
                after[name] = value
            else:
                after.pop(name, None)
        for name in removed_names:
            after.pop(name, None)
        return after

    return apply


def _nested(
    actions: Sequence[Action],
    computed: Sequence[tuple[PathParts, Evaluate]],
    removed: Sequence[PathParts],
) -> Apply:
    targets = [action.path for action in actions]
    given = [action.path for action in actions if action.section in ("SET", "ADD")]

    def apply(item: Item, values: Values) -> Item:
        after = item.copy()
        # To take away from within an item that is not there is no fault.
        for path in targets if item else given:
            _container(after, path)
        changes: list[tuple[PathParts, AttributeValue | None]] = [
            (path, evaluate(item, values)) for path, evaluate in computed
        ]
        changes.extend((path, None) for path in removed)
        # Elements appended past the end of a list keep the order of their indexes.
        changes.sort(key=lambda change: _indexes(change[0]))
        erased = [path for path, value in changes if value is None] if item else []
        for path in erased:
            _erase(after, path)
        for path, value in changes:
            if value is not None:
                if nests_too_deep(value, len(path) - 1):
                    raise too_deep()
                _assign(after, path, value)
        for path in sorted(erased, key=len, reverse=True):
            _close_gap(after, path)
        return after

    return apply


def _indexes(path: PathParts) -> tuple[int, ...]:
    return tuple(part for part in path if isinstance(part, int))


def _assign(item: Item, path: PathParts, value: AttributeValue) -> None:
    container = _container(item, path)
    last = path[-1]
    if isinstance(last, str) or last < len(container):
        container[last] = value
    else:
        container.append(value)


def _erase(item: Item, path: PathParts) -> None:
    """Take away what lies at *path*; an element of a list leaves a gap, so that indexes hold."""
    container = _container(item, path)
    last = path[-1]
    if isinstance(last, str):
        container.pop(last, None)
    elif last < len(container):
        container[last] = None


def _close_gap(item: Item, path: PathParts) -> None:
    if not isinstance(path[-1], int):
        return
    container = _opened(item, path)
    container[:] = [element for element in container if element is not None]


def _container(item: Item, path: PathParts) -> Any:
    """Return the map or list, opened for changes, that the end of *path* is a member of."""
    container = _opened(item, path)
    if not isinstance(container, dict if isinstance(path[-1], str) else list):
        raise _invalid_path()
    return container


def _opened(item: Item, path: PathParts) -> Any:
    """Return the map or list that holds the end of *path*, copied all the way down."""
    container: Any = item
    for part in path[:-1]:
        value = _child(container, part)
        if "M" in value:
            inner: Any = dict(value["M"])
            container[part] = {"M": inner}
        elif "L" in value:
            inner = list(value["L"])
            container[part] = {"L": inner}
        else:
            raise _invalid_path()
        container = inner
    return container


def _child(container: Any, part: str | int) -> AttributeValue:
    value: AttributeValue | None = None
    if isinstance(part, int):
        if isinstance(container, list) and part < len(container):
            value = container[part]
    elif isinstance(container, dict):
        value = container.get(part)
    if value is None:
        raise _invalid_path()
    return value


def _invalid_path() -> ServiceError:
    return validation("The document path provided in the update expression is invalid for update")
