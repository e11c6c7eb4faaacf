"""Where DynamoDB's limits lie, as the public suite measured them against AWS."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.numbers import add, normal_number
from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier3/limits/"


@pytest.mark.aws(
    "The exponent of a number is read in full: past 64 bits it makes no number, and a zero counts, too",
    source=f"{SUITE}numberExponent.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1e2147483648", "Number overflow"),
        ("1e99999999999", "Number overflow"),
        ("1e-99999999999", "Number underflow"),
        ("1e9223372036854775808", "The parameter cannot be converted to a numeric value"),
        ("0e126", "Number overflow"),
        ("0e-131", "Number underflow"),
    ],
)
def test_an_exponent_is_read_in_full(text: str, fault: str) -> None:
    with pytest.raises(ServiceError, match=fault):
        normal_number(text)


def test_a_zero_in_range_is_a_zero_however_it_comes_about() -> None:
    assert normal_number("0e125") == normal_number("0e-130") == "0"
    smallest = normal_number("1.5e-130")
    assert add(smallest, f"-{smallest}") == "0"


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {"S": "leaf"}
    for _ in range(levels):
        value = {"M": {"n": value}}
    return value


NESTED = (
    "Nesting Levels have exceeded supported limits: "
    "Attributes in the item have nested levels beyond supported limit"
)


def transact(engine: Engine, kind: str, **action: Any) -> ServiceError:
    action |= {"TableName": "demandTable", "Key": key()}
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactWriteItems", TransactItems=[{kind: action}])
    return caught.value


@pytest.mark.aws(
    "A transaction binds a value with one level more than an item may have, and tells one with two",
    source=f"{SUITE}nestingDepth.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("ConditionCheck", {}),
        ("Update", {"UpdateExpression": "SET b = :s"}),
        ("Delete", {}),
    ],
)
def test_a_condition_of_a_transaction_looks_at_one_level_more(
    kind: str, more: dict[str, Any]
) -> None:
    engine = Engine()
    values = {":s": {"S": "b"}} if more else {}
    asked = more | {"ConditionExpression": "a = :deep"}
    for levels in (32, 33):
        bound = values | {":deep": nested(levels)}
        error = transact(engine, kind, **asked, ExpressionAttributeValues=bound)
        if levels == 32:
            assert [each["Code"] for each in error.fields["CancellationReasons"]] == [
                "ConditionalCheckFailed"
            ]
        else:
            assert error.code == "ValidationException"
            assert error.message == (
                f"ExpressionAttributeValues contains invalid value: {NESTED} for key :deep"
            )


@pytest.mark.aws(
    "A transaction is cancelled whose update makes an item with more than 32 levels",
    source=f"{SUITE}nestingDepth.test.ts",
    service="dynamodb",
)
def test_an_update_of_a_transaction_keeps_to_the_levels_of_an_item() -> None:
    bound = {":deep": nested(32)}
    asked = {"UpdateExpression": "SET a = :deep", "ExpressionAttributeValues": bound}
    reason = transact(Engine(), "Update", **asked).fields["CancellationReasons"][0]
    assert reason["Code"] == "ValidationError"
    assert reason["Message"] == "Nesting Levels have exceeded supported limits"


def test_a_path_counts_among_the_levels_of_what_is_set_there() -> None:
    engine = Engine()
    engine.put(a={"M": {"b": {"M": {}}}})
    engine.update("SET a.b.c = :deep", {":deep": nested(29)})
    with pytest.raises(ServiceError, match="Nesting Levels have exceeded"):
        engine.update("SET a.b.d = :deep", {":deep": nested(30)})


ITEM = 409_600
PADDING = 3 + 19 + len("b")
"""What ``SET b = :pad`` is charged, the padding aside."""
TEN = {"S": "y" * 10}
HELD = {
    "c": {"S": "c"},
    "m": {"M": {"z": TEN}},
    "l": {"L": [TEN, TEN]},
    "n": {"N": "1"},
    "wide": {"S": "r" * 500},
    "tags": {"SS": ["p" * 5, "q" * 20]},
}
CHARGES = [
    ("SET b = :pad, d = :ten", 19 + 1 + 10),
    ("SET b = :pad, m.z = :ten", 19 + (1 + 4 + 1) + 10),
    ("SET b = :pad, l[1] = :ten", 19 + (1 + 4 + 1) + 10),
    ("SET b = :pad, d = wide", 19 + 1 + (1 + 14 + 4)),
    ("SET b = :pad, d = m.z", 19 + 1 + (1 + 14 + 1 + 14 + 1)),
    ("SET b = :pad, d = l[1]", 19 + 1 + (1 + 14 + 1 + 14 + 1)),
    ("SET b = :pad, l = list_append(l, :list)", 19 + 1 + 37 + (1 + 14 + 1) + (3 + 1 + 10)),
    ("SET b = :pad, c = if_not_exists(c, :ten)", 19 + 1 + 39 + (1 + 14 + 1) + 10),
    ("SET b = :pad, d = if_not_exists(d, :map)", 19 + 1 + 39 + (1 + 14 + 1) + (3 + 1 + 1 + 10)),
    ("SET b = :pad, n = n + :one", 19 + 1 + 34 + (1 + 14 + 1) + 2),
    ("SET b = :pad, n = n - :one", 19 + 1 + 37 + (1 + 14 + 1) + 2),
    ("SET b = :pad ADD n :one", 19 + 1 + 2),
    ("SET b = :pad ADD tags :new", 19 + 4 + 30),
    ("SET b = :pad REMOVE wide", 1 + 4),
    ("SET b = :pad REMOVE m.z", 1 + (1 + 4 + 1)),
    ("SET b = :pad DELETE tags :gone", 1 + 4),
]
VALUES: dict[str, dict[str, Any]] = {
    ":ten": TEN,
    ":list": {"L": [TEN]},
    ":map": {"M": {"a": TEN}},
    ":one": {"N": "1"},
    ":new": {"SS": ["s" * 30]},
    ":gone": {"SS": ["q" * 20]},
}


@pytest.mark.aws(
    "UpdateItem is charged for what its clauses say, not for the item, and by at most an item's size",
    source=f"{SUITE}itemSizeBySurface.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(("expression", "charge"), CHARGES)
def test_an_update_is_charged_for_what_it_says(expression: str, charge: int) -> None:
    engine = Engine()
    engine.put(**HELD)
    values = {name: value for name, value in VALUES.items() if name in expression}
    room = ITEM - PADDING - charge
    # The charge is looked at before the condition, the item that is left behind after it.
    for size, fault in (
        (room, "The conditional request failed"),
        (room + 1, "Item size to update has exceeded the maximum allowed size"),
    ):
        bound = values | {":pad": {"S": "x" * size}}
        with pytest.raises(ServiceError, match=fault):
            engine.update(expression, bound, ConditionExpression="attribute_exists(gone)")


@pytest.mark.aws(
    "An update in a transaction, or by AttributeUpdates, is held to the size of the item it leaves",
    source=f"{SUITE}itemSizeBySurface.test.ts",
    service="dynamodb",
)
def test_other_updates_are_held_to_the_size_of_their_item() -> None:
    engine = Engine()
    room = ITEM - len("pkpsks") - len("b")
    padding = {"S": "x" * room}
    with pytest.raises(ServiceError, match="Item size to update has exceeded the maximum"):
        engine.update("SET b = :pad", {":pad": padding})
    engine.call("UpdateItem", Key=key(), AttributeUpdates={"b": {"Value": padding}})
    action = {
        "TableName": "demandTable",
        "Key": key(),
        "UpdateExpression": "SET b = :pad",
        "ExpressionAttributeValues": {":pad": padding},
    }
    engine.ask("TransactWriteItems", TransactItems=[{"Update": action}])
    action["ExpressionAttributeValues"] = {":pad": {"S": "x" * (room + 1)}}
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactWriteItems", TransactItems=[{"Update": action}])
    reason = caught.value.fields["CancellationReasons"][0]
    assert reason["Code"] == "ValidationError"
    assert reason["Message"] == "Item size to update has exceeded the maximum allowed size"


@pytest.mark.aws(
    "A value of too many levels is told in the envelope, from some 63 levels on as the older layer does",
    source=f"{SUITE}nestingDepth.test.ts",
    service="dynamodb",
)
def test_a_value_of_too_many_levels_is_told_by_the_layer_that_reads_it() -> None:
    engine = Engine()
    compared = {"Key": key(), "UpdateExpression": "SET a = :deep"}
    named = f"ExpressionAttributeValues contains invalid value: {NESTED} for key :deep"
    for levels, put, bound in (
        (32, ENVELOPE + NESTED, ENVELOPE + NESTED),
        (61, ENVELOPE + NESTED, ENVELOPE + NESTED),
        (63, NESTED, named),
    ):
        assert refusal(engine, "PutItem", Item=key() | {"a": nested(levels)}) == put
        values = {":deep": nested(levels)}
        said = refusal(engine, "UpdateItem", **compared, ExpressionAttributeValues=values)
        assert said == bound


@pytest.mark.aws(
    "An expression has at most 4096 bytes as it is sent: names are not put in first",
    source=f"{SUITE}expressionSize.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("operation", "parameter"),
    [
        ("GetItem", "ProjectionExpression"),
        ("UpdateItem", "UpdateExpression"),
        ("Query", "FilterExpression"),
        ("Scan", "FilterExpression"),
    ],
)
def test_an_expression_is_measured_as_it_is_sent(operation: str, parameter: str) -> None:
    engine = Engine()
    asked: dict[str, Any] = {"ExpressionAttributeValues": {":v": {"S": "x"}}}
    asked["ExpressionAttributeNames"] = {"#n": "n" * 5000}
    text = {"ProjectionExpression": "#n, {}", "UpdateExpression": "SET #n = :v, {} = :v"}.get(
        parameter, "#n = :v AND {} = :v"
    )
    if operation == "GetItem":
        del asked["ExpressionAttributeValues"]
    if operation in ("GetItem", "UpdateItem"):
        asked["Key"] = key()
    if operation == "Query":
        asked["KeyConditionExpression"] = "pk = :v"
    for size in (4096, 4097):
        asked[parameter] = text.format("a" * (size - len(text) + len("{}")))
        if size == 4096:
            engine.call(operation, **asked)
        else:
            said = refusal(engine, operation, **asked)
            assert "Expression size has exceeded the maximum allowed size;" in said


@pytest.mark.aws(
    "A set may have an empty text or no bytes as a member, but not twice, and must have a member",
    source=f"{SUITE}emptyValues.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"SS": [""]}, ""),
        ({"SS": ["", "a"]}, ""),
        ({"BS": [b"", b"a"]}, ""),
        ({"L": [{"SS": [""]}, {"S": ""}, {"B": b""}]}, ""),
        ({"SS": []}, "An string set  may not be empty"),
        ({"M": {"a": {"NS": []}}}, "An number set  may not be empty"),
        ({"L": [{"BS": []}]}, "Binary sets should not be empty"),
        ({"SS": ["", ""]}, "contains duplicates"),
        ({"BS": [b"", b""]}, "contains duplicates"),
        ({"NS": [""]}, "The parameter cannot be converted to a numeric value"),
    ],
)
def test_a_set_has_members_and_they_may_be_empty(value: dict[str, Any], fault: str) -> None:
    engine = Engine()
    if fault:
        assert fault in refusal(engine, "PutItem", Item=key() | {"a": value})
    else:
        engine.put(a=value)
        assert engine.item() == key() | {"a": value}


@pytest.mark.aws(
    "A number takes a byte, and one for each two digits before and after the point, rounded up",
    source=f"{SUITE}numberByteSize.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("literal", "size"),
    [
        ("-0", 1),
        ("0042", 2),
        ("1E125", 2),
        ("1E-100", 2),
        ("0.0000001", 2),
        ("1.200", 3),
        ("1010", 3),
        ("-42", 3),
        ("100.5", 4),
        ("3.14159", 5),
        ("12345678901234567890123456789012345678", 20),
    ],
)
def test_a_number_is_measured_by_its_digits_to_the_byte(literal: str, size: int) -> None:
    engine = Engine()
    room = ITEM - len("pkpsks") - len("n") - size - len("p")
    engine.put(n={"N": literal}, p={"S": "x" * room})
    item = key() | {"n": {"N": literal}, "p": {"S": "x" * (room + 1)}}
    said = refusal(engine, "PutItem", Item=item)
    assert said == "Item size has exceeded the maximum allowed size"


@pytest.mark.aws(
    "A put that is too large is refused up front by a batch and by a transaction, too",
    source=f"{SUITE}itemSizeBySurface.test.ts",
    service="dynamodb",
)
def test_a_put_is_too_large_wherever_it_stands() -> None:
    engine = Engine()
    room = ITEM - len("pkpsks") - len("p")
    for size in (room, room + 1):
        item = key() | {"p": {"S": "x" * size}}
        batch = {"RequestItems": {"demandTable": [{"PutRequest": {"Item": item}}]}}
        put = {"Put": {"TableName": "demandTable", "Item": item}}
        for operation, asked in (
            ("BatchWriteItem", batch),
            ("TransactWriteItems", {"TransactItems": [put]}),
        ):
            if size == room:
                engine.ask(operation, **asked)
                continue
            with pytest.raises(ServiceError) as caught:
                engine.ask(operation, **asked)
            assert caught.value.code == "ValidationException"
            assert caught.value.message == "Item size has exceeded the maximum allowed size"


@pytest.mark.aws(
    "The items of a transaction have at most 4 MB together",
    source=f"{SUITE}transactionLimits.test.ts",
    service="dynamodb",
)
def test_a_transaction_is_no_larger_than_four_megabytes() -> None:
    engine = Engine()
    puts = [
        {
            "Put": {
                "TableName": "demandTable",
                "Item": key(str(number)) | {"p": {"S": "x" * 350_000}},
            }
        }
        for number in range(12)
    ]
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactWriteItems", TransactItems=puts)
    assert caught.value.code == "ValidationException"
    engine.ask("TransactWriteItems", TransactItems=puts[:10])


@pytest.mark.aws(
    "A partition key has at most 2048 bytes, to write an item and to read it",
    source=f"{SUITE}keyLength.test.ts",
    service="dynamodb",
)
def test_a_key_that_is_too_long_is_refused_to_a_read_as_well() -> None:
    engine = Engine()
    for size in (2048, 2049):
        long = key() | {"pk": {"S": "a" * size}}
        if size == 2048:
            engine.call("PutItem", Item=long)
            assert engine.call("GetItem", Key=long)["Item"] == long
        else:
            fault = "Size of hashkey has exceeded the maximum size limit of2048 bytes"
            assert fault in refusal(engine, "PutItem", Item=long)
            assert fault in refusal(engine, "GetItem", Key=long)
