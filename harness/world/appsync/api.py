"""One GraphQL API: executes a query, with functions for resolvers."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    parse,
)

from harness.errors import HarnessError, UnsupportedError
from harness.runtime.outcome import Outcome
from harness.world.appsync.answers import (
    ResolverError,
    execution_error,
    syntax_error,
    variable_error,
)
from harness.world.appsync.resolverevent import Request, resolver_event
from harness.world.appsync.schema import build_schema
from harness.world.appsync.validation import misfits
from harness.world.template.graphqlschema import schema_error
from harness.world.topology import GraphqlApi

UNHANDLED = "Lambda:Unhandled"
THROTTLED = "Lambda:TooManyRequestsException"


class Api:
    """An AppSync API with its schema, whose resolvers' fields it has; *invoke* runs a function and waits for its outcome.

    The reports about how AppSync names a function's error disagree: *error_type* is what most
    of them saw.  The resolvers of one query run one after the other.
    """

    def __init__(
        self,
        api: GraphqlApi,
        invoke: Callable[[str, Any], Outcome],
        *,
        error_type: str = UNHANDLED,
    ) -> None:
        self._api = api
        self._invoke = invoke
        self._error_type = error_type
        self._schema = _schema(api)
        self._functions = {
            (resolver.type_name, resolver.field_name): resolver.function_name
            for resolver in api.resolvers
        }

    def query(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        operation_name: str | None = None,
    ) -> dict[str, Any]:
        """Return ``{"data": ...}`` and, where there are any, ``"errors"``."""
        try:
            document = parse(query)
        except GraphQLError as error:
            return {"data": None, "errors": [syntax_error(error)]}
        for definition in document.definitions:
            if (
                isinstance(definition, OperationDefinitionNode)
                and definition.operation is OperationType.SUBSCRIPTION
            ):
                raise UnsupportedError("appsync: subscriptions are not modelled")
        errors = misfits(self._schema, document)
        if errors:
            return {"data": None, "errors": errors}
        given = dict(variables or {})
        result = execute_sync(
            self._schema,
            document,
            context_value=Request(self._headers(headers or {}), given),
            variable_values=given,
            operation_name=operation_name,
            field_resolver=self._resolve,
        )
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            for failure in result.errors:
                _let_out(failure)
            answer["errors"] = [self._error(failure) for failure in result.errors]
        return answer

    def _headers(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return what a caller with an API key sends; *given* has the last word."""
        headers = {
            "content-type": "application/json",
            "x-api-key": f"da2-{self._api.logical_id.lower()}",
        }
        return headers | {name.lower(): value for name, value in given.items()}

    def _resolve(self, source: Any, info: GraphQLResolveInfo[Request], **arguments: Any) -> Any:
        function_name = self._functions.get((info.parent_type.name, info.field_name))
        if function_name is None:
            return source.get(info.field_name) if isinstance(source, Mapping) else None
        outcome = self._invoke(
            function_name, resolver_event(source, arguments, info, info.context)
        )
        if outcome.kind == "returned":
            return outcome.payload
        if outcome.kind == "throttled":
            raise ResolverError(THROTTLED, "Rate Exceeded.")
        raise ResolverError(self._error_type, str(outcome.payload.get("errorMessage", "")))

    def _error(self, error: GraphQLError) -> dict[str, Any]:
        if error.path is None:
            return variable_error(error)
        return execution_error(error, self._schema)


def _let_out(error: GraphQLError) -> None:
    """Raise what is an error of the harness: GraphQL must not turn it into an answer."""
    if isinstance(error.original_error, (HarnessError, AssertionError)):
        raise error.original_error


def _schema(api: GraphqlApi) -> GraphQLSchema:
    try:
        return build_schema(api.schema)
    except (GraphQLError, TypeError) as error:
        raise schema_error(api, error) from error
