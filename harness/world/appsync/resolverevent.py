"""The event of a direct Lambda resolver: AppSync's resolver context as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLResolveInfo

from harness.world.appsync.selection import selection_set_graphql, selection_set_list


@dataclass(frozen=True, slots=True)
class Request:
    """What one GraphQL request brings, beside the query itself."""

    headers: Mapping[str, str]
    variables: Mapping[str, Any]


def resolver_event(
    source: Any, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Request], request: Request
) -> dict[str, Any]:
    """Return the event, a fresh object; *source* is the parent, None at the root.

    *identity* is null as it is for an API key (AppSync developer guide, "Resolver mapping
    template context reference").
    """
    fields = info.field_nodes
    event = {
        "arguments": arguments,
        "identity": None,
        "source": source,
        "request": {"headers": request.headers, "domainName": None},
        "prev": None,
        "info": {
            "selectionSetList": selection_set_list(fields, info.fragments, request.variables),
            "selectionSetGraphQL": selection_set_graphql(fields),
            "parentTypeName": info.parent_type.name,
            "fieldName": info.field_name,
            "variables": request.variables,
        },
        "stash": {},
    }
    fresh: dict[str, Any] = json.loads(json.dumps(event))
    return fresh
