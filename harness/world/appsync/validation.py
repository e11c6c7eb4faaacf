"""Whether a query fits a schema, in the words that AppSync has for each kind of misfit."""

from typing import Any

from graphql import DocumentNode, GraphQLSchema, specified_rules, validate

from harness.world.appsync.answers import validation_error

KINDS = {  # graphql-core's rule -> graphql-java's name, which AppSync prints
    "ExecutableDefinitionsRule": "NonExecutableDefinition",
    "FieldsOnCorrectTypeRule": "FieldUndefined",
    "FragmentsOnCompositeTypesRule": "InlineFragmentTypeConditionInvalid",
    "KnownArgumentNamesRule": "UnknownArgument",
    "KnownDirectivesRule": "UnknownDirective",
    "KnownFragmentNamesRule": "UndefinedFragment",
    "KnownTypeNamesRule": "UnknownType",
    "LoneAnonymousOperationRule": "LoneAnonymousOperationViolation",
    "NoFragmentCyclesRule": "FragmentCycle",
    "NoUndefinedVariablesRule": "UndefinedVariable",
    "NoUnusedFragmentsRule": "UnusedFragment",
    "NoUnusedVariablesRule": "UnusedVariable",
    "OverlappingFieldsCanBeMergedRule": "FieldsConflict",
    "PossibleFragmentSpreadsRule": "InvalidFragmentType",
    "ProvidedRequiredArgumentsRule": "MissingFieldArgument",
    "ScalarLeafsRule": "SubSelectionRequired",
    "ValuesOfCorrectTypeRule": "WrongType",
    "VariablesAreInputTypesRule": "NonInputTypeOnVariable",
    "VariablesInAllowedPositionRule": "VariableTypeMismatch",
}


def misfits(schema: GraphQLSchema, document: DocumentNode) -> list[dict[str, Any]]:
    """Return the errors of *document*; an empty list if it can be executed."""
    if not validate(schema, document):
        return []
    found: list[dict[str, Any]] = []
    for rule in specified_rules:  # one by one: an error does not name its rule
        kind = KINDS.get(rule.__name__, rule.__name__.removesuffix("Rule"))
        for error in validate(schema, document, [rule]):
            is_leaf = kind == "SubSelectionRequired" and "must not have" in error.message
            found.append(validation_error("SubSelectionNotAllowed" if is_leaf else kind, error))
    return found
