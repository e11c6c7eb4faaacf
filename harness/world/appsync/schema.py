"""A schema as AppSync understands it: its own scalars and directives need no declaration."""

from functools import lru_cache

from graphql import (
    DirectiveDefinitionNode,
    DocumentNode,
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    ScalarTypeDefinitionNode,
    build_ast_schema,
    parse,
)

from harness.world.appsync import scalars

DIRECTIVES = """
directive @aws_api_key on FIELD_DEFINITION | OBJECT
directive @aws_auth(cognito_groups: [String]) on FIELD_DEFINITION
directive @aws_cognito_user_pools(cognito_groups: [String]) on FIELD_DEFINITION | OBJECT
directive @aws_iam on FIELD_DEFINITION | OBJECT
directive @aws_lambda on FIELD_DEFINITION | OBJECT
directive @aws_oidc on FIELD_DEFINITION | OBJECT
directive @aws_publish(subscriptions: [String]) on FIELD_DEFINITION
directive @aws_subscribe(mutations: [String]) on FIELD_DEFINITION
"""


@lru_cache(maxsize=64)
def build_schema(text: str) -> GraphQLSchema:
    """Return the schema that *text* declares; raises graphql-core's errors where it cannot be.

    Schemas are shared between worlds: nothing in them changes after this.
    """
    own = parse(text)
    known = {
        definition.name.value
        for definition in own.definitions
        if isinstance(definition, (DirectiveDefinitionNode, ScalarTypeDefinitionNode))
    }
    provided = parse(DIRECTIVES + "".join(f"scalar {name}\n" for name in scalars.NAMES))
    added = tuple(
        definition
        for definition in provided.definitions
        if isinstance(definition, (DirectiveDefinitionNode, ScalarTypeDefinitionNode))
        and definition.name.value not in known
    )
    schema = build_ast_schema(DocumentNode(definitions=(*own.definitions, *added)))
    for name in scalars.NAMES:
        scalar = schema.type_map[name]
        if not isinstance(scalar, GraphQLScalarType):
            raise GraphQLError(f"type {name} must be a scalar")
        scalars.furnish(scalar)
    return schema
