"""AppSync's answer: data and errors in its own shape, which is not quite GraphQL's."""

import re
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError, GraphQLSchema, SourceLocation

NULL_REFUSED = re.compile(r"Cannot return null for non-nullable field (\w+)\.(\w+)\.?")
UNPARSABLE = "Unable to parse GraphQL query."
MALFORMED = "MalformedHttpRequestException"


class ResolverError(Exception):
    """A resolver's function did not return: what AppSync says about it."""

    def __init__(self, error_type: str, message: str) -> None:
        super().__init__(message)
        self.error_type = error_type
        self.message = message


def execution_error(error: GraphQLError, schema: GraphQLSchema) -> dict[str, Any]:
    """Return an error that came up while the query ran."""
    cause = error.original_error
    if isinstance(cause, ResolverError):
        return {
            "path": list(error.path or ()),
            "data": None,
            "errorType": cause.error_type,
            "errorInfo": None,
            "locations": _locations(error.locations),
            "message": cause.message,
        }
    path = error.path or []
    message = _null_refused(error.message, path, schema)
    if message is None:
        message = f"Can't serialize value ({_shown(path)}) : {error.message}"
    return {"path": list(path), "locations": None, "message": message}


def validation_error(kind: str, error: GraphQLError) -> dict[str, Any]:
    """Return an error of a query that does not fit the schema."""
    message = f"Validation error of type {kind}: {error.message}"
    return {"path": None, "locations": _locations(error.locations), "message": message}


def variable_error(error: GraphQLError) -> dict[str, Any]:
    """Return an error of the variables, or of the choice of the operation."""
    return {"path": None, "locations": _locations(error.locations), "message": error.message}


def syntax_error(error: GraphQLError) -> dict[str, Any]:
    """Return the error of a text that is not GraphQL."""
    return {
        "path": None,
        "data": None,
        "errorType": MALFORMED,
        "errorInfo": None,
        "locations": _locations(error.locations),
        "message": UNPARSABLE,
    }


def _locations(locations: Sequence[SourceLocation] | None) -> list[dict[str, Any]]:
    return [
        {"line": location.line, "column": location.column, "sourceName": None}
        for location in locations or ()
    ]


def _null_refused(message: str, path: Sequence[str | int], schema: GraphQLSchema) -> str | None:
    match = NULL_REFUSED.match(message)
    parent = schema.type_map.get(match[1]) if match else None
    fields = getattr(parent, "fields", {})
    if match is None or match[2] not in fields:
        return None
    kind = str(fields[match[2]].type).replace("!", "")
    return (
        f"Cannot return null for non-nullable type: '{kind}' within parent '{match[1]}' "
        f"({_shown(path)})"
    )


def _shown(path: Sequence[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f"/{step}" for step in path)
