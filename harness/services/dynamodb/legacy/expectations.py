"""``Expected``: what a write expects of the item as it is.

Source: API Reference, ExpectedAttributeValue; texts as dynalite, checked against AWS, has them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.services.dynamodb.errors import invalid_parameter
from harness.services.dynamodb.expressions.predicates import Holds
from harness.services.dynamodb.legacy.comparisons import compile_comparison, joined

_ARGUMENTLESS = ("NULL", "NOT_NULL")
Expectation = Mapping[str, Any]


def compile_expectations(expected: Mapping[str, Expectation], *, is_all: bool) -> Holds:
    """Return whether an item is as *expected*, in every respect or in any."""
    compiled = [_compile(attribute, each) for attribute, each in expected.items()]
    return joined(compiled, is_all=is_all)


def _compile(attribute: str, expectation: Expectation) -> Holds:
    if "AttributeValueList" in expectation and "Value" in expectation:
        raise invalid_parameter(
            f"Value and AttributeValueList cannot be used together for Attribute: {attribute}"
        )
    name = expectation.get("ComparisonOperator")
    if name is not None:
        return compile_comparison(attribute, name, _arguments(attribute, name, expectation))
    if "AttributeValueList" in expectation:
        raise invalid_parameter(
            "AttributeValueList can only be used with a ComparisonOperator for Attribute: "
            + attribute
        )
    exists = expectation.get("Exists")
    if exists is False:
        if "Value" in expectation:
            raise invalid_parameter(
                f"Value cannot be used when Exists is false for Attribute: {attribute}"
            )
        return compile_comparison(attribute, "NULL", ())
    if "Value" not in expectation:
        shown = "null" if exists is None else "true"
        raise invalid_parameter(
            f"Value must be provided when Exists is {shown} for Attribute: {attribute}"
        )
    return compile_comparison(attribute, "EQ", (expectation["Value"],))


def _arguments(attribute: str, name: str, expectation: Expectation) -> Sequence[Mapping[str, Any]]:
    if "Exists" in expectation:
        raise invalid_parameter(
            f"Exists and ComparisonOperator cannot be used together for Attribute: {attribute}"
        )
    if "Value" in expectation:
        return (expectation["Value"],)
    if "AttributeValueList" in expectation:
        given: Sequence[Mapping[str, Any]] = expectation["AttributeValueList"]
        return given
    if name not in _ARGUMENTLESS:
        raise invalid_parameter(
            f"Value or AttributeValueList must be used with ComparisonOperator: {name} "
            f"for Attribute: {attribute}"
        )
    return ()
