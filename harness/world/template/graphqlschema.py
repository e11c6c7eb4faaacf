"""A GraphQL schema as far as its text shows: whether it can be read, and the fields of its types.

Importing graphql-core takes longer than a small scenario, and only a query needs it.  Its parser
imports a quarter of that, but Python would import the package above it first; so an empty package
stands there for that moment.
"""

import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Protocol

from harness.errors import ScenarioError
from harness.world.template.node import Position
from harness.world.template.problems import broken

_PACKAGE = "graphql"


class Written(Protocol):
    """A schema, and where in which file its text begins."""

    @property
    def schema(self) -> str | None:
        """The text."""
        ...

    @property
    def schema_path(self) -> str:
        """The file."""
        ...

    @property
    def schema_line(self) -> int:
        """How many lines of the file come before it."""
        ...

    @property
    def schema_column(self) -> int:
        """How far its lines are indented there."""
        ...

    @property
    def schema_lines(self) -> Sequence[str]:
        """All lines of the file."""
        ...


def check_syntax(written: Written) -> dict[str, frozenset[str]]:
    """Return type -> fields; raises ScenarioError at the place where the text cannot be read."""
    try:
        return _fields(written.schema or "")
    except Exception as error:
        if not hasattr(error, "locations"):  # graphql-core's class is not to be had without it all
            raise
        raise schema_error(written, error) from error


def schema_error(written: Written, error: Any) -> ScenarioError:
    """Return an error of graphql-core about a schema as one of ours."""
    locations = getattr(error, "locations", None)
    line, column = (locations[0].line, locations[0].column) if locations else (1, 1)
    message = getattr(error, "message", str(error)).partition("\n")[0]
    position = Position(
        written.schema_path,
        line + written.schema_line,
        column + written.schema_column,
        lines=written.schema_lines,
    )
    return broken(position, f"GraphQL schema: {message}")


@lru_cache(maxsize=64)
def _fields(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for definition in _parser().parse(text).definitions:
        fields = getattr(definition, "fields", None) or ()
        if definition.kind.startswith("object_type"):
            known = found.setdefault(definition.name.value, set())
            known.update(field.name.value for field in fields)
    return {name: frozenset(fields) for name, fields in found.items()}


def _parser() -> Any:
    """Return the module graphql.language.parser, and leave the package for later."""
    if _PACKAGE in sys.modules:
        from graphql.language import parser  # noqa: PLC0415 - see the module's docstring

        return parser
    spec = find_spec(_PACKAGE)
    assert spec is not None, "graphql-core is installed with the harness"
    bare = sys.modules[_PACKAGE] = ModuleType(_PACKAGE)
    bare.__spec__ = spec
    bare.__path__ = spec.submodule_search_locations or []
    try:
        from graphql.language import parser  # noqa: PLC0415 - the same
    finally:
        del sys.modules[_PACKAGE]
    return parser
