"""What the service model asks of a definition: looked at first, and all that is wrong told at once.

botocore looks at least lengths and least values only.  The members come in the order of AWS's own
lists, of which the public suite paritysuite/dynamodb-conformance recorded that global indexes come
before local ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from harness.services.dynamodb.errors import broken, choice_rule, constraint_text
from harness.services.dynamodb.keyelements import Elements
from harness.services.dynamodb.tabledefinition import name_faults

_KEY_NAME_LENGTH_MAX = 255
_KEY_LENGTH_MAX = 2
"""Of a table or of a local index."""
_NON_KEY_ATTRIBUTES_MAX = 20
_CHOICES = {
    "attributeType": ("B", "N", "S"),
    "billingMode": ("PROVISIONED", "PAY_PER_REQUEST"),
    "keyType": ("HASH", "RANGE"),
    "projectionType": ("ALL", "INCLUDE", "KEYS_ONLY"),
    "streamViewType": ("OLD_IMAGE", "KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE"),
}

_Faults = Iterator[str]


def check_creation(parameters: Mapping[str, Any]) -> None:
    """Raise where CreateTable is given what no table can have."""
    _tell(_creation_faults(parameters))


def check_update(parameters: Mapping[str, Any]) -> None:
    """Raise where UpdateTable is given what no table can have."""
    _tell(_update_faults(parameters))


def _tell(faults: Iterable[str]) -> None:
    found = list(faults)
    if found:
        raise broken(found)


def _creation_faults(parameters: Mapping[str, Any]) -> _Faults:
    yield from _attribute_faults(parameters)
    yield from _setting_faults(parameters)
    yield from _key_faults(parameters["KeySchema"], "keySchema", is_global=False)
    for is_global, member in ((True, "GlobalSecondaryIndexes"), (False, "LocalSecondaryIndexes")):
        path = member[0].lower() + member[1:]
        for position, index in enumerate(parameters.get(member, ()), 1):
            yield from _index_faults(index, f"{path}.{position}.member", is_global=is_global)
    yield from _stream_faults(parameters)


def _update_faults(parameters: Mapping[str, Any]) -> _Faults:
    yield from _attribute_faults(parameters)
    yield from _setting_faults(parameters)
    for position, update in enumerate(parameters.get("GlobalSecondaryIndexUpdates", ()), 1):
        for action, index in update.items():
            path = f"globalSecondaryIndexUpdates.{position}.member.{action.lower()}"
            yield from _index_faults(index, path, is_global=True)
    yield from _stream_faults(parameters)


def _attribute_faults(parameters: Mapping[str, Any]) -> _Faults:
    for position, definition in enumerate(parameters.get("AttributeDefinitions", ()), 1):
        member = f"attributeDefinitions.{position}.member"
        name = definition["AttributeName"]
        if len(name) > _KEY_NAME_LENGTH_MAX:
            rule = f"have length less than or equal to {_KEY_NAME_LENGTH_MAX}"
            yield constraint_text(name, f"{member}.attributeName", rule)
        yield from _choice_faults(definition["AttributeType"], member, "attributeType")


def _setting_faults(parameters: Mapping[str, Any]) -> _Faults:
    if "BillingMode" in parameters:
        yield from _choice_faults(parameters["BillingMode"], "", "billingMode")
    yield from _unit_faults(parameters, "")


def _stream_faults(parameters: Mapping[str, Any]) -> _Faults:
    wanted = parameters.get("StreamSpecification", {})
    if "StreamViewType" in wanted:
        yield from _choice_faults(
            wanted["StreamViewType"], "streamSpecification", "streamViewType"
        )


def _index_faults(index: Mapping[str, Any], member: str, *, is_global: bool) -> _Faults:
    projection = index.get("Projection", {})
    if "ProjectionType" in projection:
        kind = projection["ProjectionType"]
        yield from _choice_faults(kind, f"{member}.projection", "projectionType")
    attributes = projection.get("NonKeyAttributes", ())
    if len(attributes) > _NON_KEY_ATTRIBUTES_MAX:
        where = f"{member}.projection.nonKeyAttributes"
        rule = f"have length less than or equal to {_NON_KEY_ATTRIBUTES_MAX}"
        yield constraint_text(f"[{', '.join(attributes)}]", where, rule)
    yield from name_faults(index["IndexName"], f"{member}.indexName")
    yield from _unit_faults(index, member)
    if "KeySchema" in index:
        yield from _key_faults(index["KeySchema"], f"{member}.keySchema", is_global=is_global)


def _unit_faults(given: Mapping[str, Any], member: str) -> _Faults:
    for unit in ("WriteCapacityUnits", "ReadCapacityUnits"):
        count = given.get("ProvisionedThroughput", {}).get(unit, 1)
        if count < 1:
            where = _below(member, f"provisionedThroughput.{unit[0].lower()}{unit[1:]}")
            yield constraint_text(count, where, "have value greater than or equal to 1")


def _key_faults(elements: Elements, member: str, *, is_global: bool) -> _Faults:
    if not elements:
        yield constraint_text("[]", member, "have length greater than or equal to 1")
    if len(elements) > _KEY_LENGTH_MAX and not is_global:
        shown = ", ".join(
            f"KeySchemaElement(attributeName={element['AttributeName']}, "
            f"keyType={element['KeyType']})"
            for element in elements
        )
        rule = f"have length less than or equal to {_KEY_LENGTH_MAX}"
        yield constraint_text(f"[{shown}]", member, rule)
    for position, element in enumerate(elements, 1):
        yield from _choice_faults(element["KeyType"], f"{member}.{position}.member", "keyType")


def _choice_faults(value: str, path: str, member: str) -> _Faults:
    choices = _CHOICES[member]
    if value not in choices:
        yield constraint_text(value, _below(path, member), choice_rule(choices))


def _below(path: str, member: str) -> str:
    return f"{path}.{member}" if path else member
