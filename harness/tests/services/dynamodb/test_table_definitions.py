"""What CreateTable and UpdateTable refuse of a definition before they look at the table."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, TABLE, Engine

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/"
ORDER = f"{SUITE}tier3/validation-ordering/createTable.test.ts"
MESSAGES = f"{SUITE}tier3/error-messages/createTable.test.ts"
SPECIFIED = f"{SUITE}tier1/createTable/specValidation.test.ts"
UPDATES = f"{SUITE}tier2/updateTable/gsi.test.ts"
QUOTAS = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"
INVALID = "One or more parameter values were invalid: "
GLOBAL = INDEXED["GlobalSecondaryIndexes"][0]
LOCAL = INDEXED["LocalSecondaryIndexes"][0]
ZERO = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
ALL = {"ProjectionType": "ALL"}


def refused(engine: Engine, operation: str, **parameters: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        engine.ask(operation, **parameters)
    assert caught.value.code == "ValidationException"
    return caught.value.message


def creating(**more: Any) -> str:
    engine = Engine()
    said = refused(engine, "CreateTable", **INDEXED | {"TableName": "new"} | more)
    assert "new" not in engine.dynamodb.tables
    return said


def fault(value: object, member: str, rule: str) -> str:
    return f"Value '{value}' at '{member}' failed to satisfy constraint: Member must {rule}"


def one(value: object, member: str, rule: str) -> str:
    return f"1 validation error detected: {fault(value, member, rule)}"


def keys(*elements: tuple[str, str]) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in elements]


@pytest.mark.aws(
    "Names of indexes that are too short are all told at once, those of global indexes first.",
    source=ORDER,
    service="dynamodb",
)
def test_names_of_indexes_are_told_at_once() -> None:
    said = creating(
        LocalSecondaryIndexes=[LOCAL | {"IndexName": "aa"}],
        GlobalSecondaryIndexes=[GLOBAL | {"IndexName": "zz"}],
    )
    short = "have length greater than or equal to 3"
    told = [
        fault("zz", "globalSecondaryIndexes.1.member.indexName", short),
        fault("aa", "localSecondaryIndexes.1.member.indexName", short),
    ]
    assert said == f"2 validation errors detected: {'; '.join(told)}"


@pytest.mark.aws(
    "A word of a definition that is none is told with its place and the words there are.",
    source=MESSAGES,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            {"KeySchema": keys(("pk", "INVALID"))},
            ("INVALID", "keySchema.1.member.keyType", "[HASH, RANGE]"),
        ),
        (
            {"AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "INVALID"}]},
            ("INVALID", "attributeDefinitions.1.member.attributeType", "[B, N, S]"),
        ),
        (
            {"BillingMode": "INVALID"},
            ("INVALID", "billingMode", "[PROVISIONED, PAY_PER_REQUEST]"),
        ),
    ],
)
def test_a_word_that_is_none_is_told(more: dict[str, Any], told: tuple[str, str, str]) -> None:
    value, member, choices = told
    assert creating(**more) == one(value, member, f"satisfy enum value set: {choices}")


@pytest.mark.aws(
    "A stream is not made with a view type that there is none of.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html",
    service="dynamodb",
)
def test_a_view_type_is_one_of_four() -> None:
    stream = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGES"}
    choices = "[OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE]"
    told = one(
        "NEW_IMAGES", "streamSpecification.streamViewType", f"satisfy enum value set: {choices}"
    )
    assert creating(StreamSpecification=stream) == told
    engine = Engine()
    update = {"TableName": "demandTable", "StreamSpecification": stream}
    assert refused(engine, "UpdateTable", **update) == told


@pytest.mark.aws(
    "A projection is one of ALL, KEYS_ONLY and INCLUDE.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html",
    service="dynamodb",
)
def test_a_projection_is_one_of_three() -> None:
    said = creating(GlobalSecondaryIndexes=[GLOBAL | {"Projection": {"ProjectionType": "KEYS"}}])
    member = "globalSecondaryIndexes.1.member.projection.projectionType"
    assert said == one("KEYS", member, "satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY]")


@pytest.mark.aws(
    "A table's key has at most two elements; what is told shows them.",
    source=MESSAGES,
    service="dynamodb",
)
def test_a_key_of_three_elements_is_refused() -> None:
    elements = ("pk", "HASH"), ("sk", "RANGE"), ("score", "RANGE")
    shown = ", ".join(
        f"KeySchemaElement(attributeName={name}, keyType={kind})" for name, kind in elements
    )
    rule = "have length less than or equal to 2"
    assert creating(KeySchema=keys(*elements)) == one(f"[{shown}]", "keySchema", rule)
    local = LOCAL | {"KeySchema": keys(*elements)}
    said = creating(LocalSecondaryIndexes=[LOCAL, local])
    assert said == one(f"[{shown}]", "localSecondaryIndexes.2.member.keySchema", rule)


@pytest.mark.aws(
    "A key of one attribute twice, which alone is defined, has an attribute without definition.",
    source=MESSAGES,
    service="dynamodb",
)
def test_one_attribute_is_not_both_halves_of_a_key() -> None:
    said = refused(
        Engine(),
        "CreateTable",
        TableName="new",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=keys(("pk", "HASH"), ("pk", "RANGE")),
        BillingMode="PAY_PER_REQUEST",
    )
    assert said == "Invalid KeySchema: Some index key attribute have no definition"


@pytest.mark.aws(
    "Two indexes of one name, and a local index of a table without sort key, are refused.",
    source=MESSAGES,
    service="dynamodb",
)
def test_indexes_that_do_not_go_together_are_refused() -> None:
    said = creating(GlobalSecondaryIndexes=[GLOBAL, GLOBAL])
    assert said == f"{INVALID}Duplicate index name: byVerdict"
    rest = [each for each in INDEXED["AttributeDefinitions"] if each["AttributeName"] != "sk"]
    said = creating(KeySchema=keys(("pk", "HASH")), AttributeDefinitions=rest)
    assert said == (
        f"{INVALID}Table KeySchema does not have a range key, which is required when specifying "
        "a LocalSecondaryIndex"
    )


def test_units_are_at_least_one_where_no_client_checks_it() -> None:
    """Botocore would not send it."""
    told = "; ".join(
        fault(0, f"provisionedThroughput.{unit}", "have value greater than or equal to 1")
        for unit in ("writeCapacityUnits", "readCapacityUnits")
    )
    engine = Engine()
    said = refused(engine, "UpdateTable", TableName="demandTable", ProvisionedThroughput=ZERO)
    assert said == f"2 validation errors detected: {told}"


@pytest.mark.parametrize("name", ["a b", "x" * 256])
def test_the_name_of_a_new_index_is_told_with_its_place(name: str) -> None:
    index = {"IndexName": name, "KeySchema": keys(("pk", "HASH")), "Projection": ALL}
    said = refused(
        Engine(),
        "UpdateTable",
        TableName="demandTable",
        AttributeDefinitions=TABLE["AttributeDefinitions"],
        GlobalSecondaryIndexUpdates=[{"Create": index}],
    )
    where = "globalSecondaryIndexUpdates.1.member.create.indexName"
    assert said.startswith(f"1 validation error detected: Value '{name}' at '{where}' failed")


def index(*elements: tuple[str, str], name: str = "new") -> dict[str, Any]:
    return {"IndexName": name, "KeySchema": keys(*elements), "Projection": ALL}


def adding(given: dict[str, Any], **definitions: str) -> dict[str, Any]:
    return {
        "TableName": "demandTable",
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": kind} for name, kind in definitions.items()
        ],
        "GlobalSecondaryIndexUpdates": [{"Create": given}],
    }


def defined(described: dict[str, Any]) -> dict[str, str]:
    return {
        each["AttributeName"]: each["AttributeType"] for each in described["AttributeDefinitions"]
    }


@pytest.mark.aws(
    "UpdateTable adds the key attributes of a new index to the definitions; those that are there "
    "keep their types, whatever the call says of them.",
    source=UPDATES,
    service="dynamodb",
)
def test_a_new_index_adds_its_own_attributes() -> None:
    engine = Engine()
    update = adding(index(("rank", "HASH")), pk="N", rank="N", unused="S")
    answer = engine.ask("UpdateTable", **update)
    expected = {"pk": "S", "rank": "N", "sk": "S"}
    assert defined(answer["TableDescription"]) == expected
    assert defined(engine.call("DescribeTable")["Table"]) == expected
    engine.put()


@pytest.mark.aws(
    "The call must define all key attributes of a new index, also one that the table defines.",
    source=UPDATES,
    service="dynamodb",
)
def test_a_new_index_needs_its_attributes_defined_anew() -> None:
    engine = Engine()
    by_both = index(("pk", "HASH"), ("rank", "RANGE"))
    assert refused(engine, "UpdateTable", **adding(by_both, rank="N")) == (
        f"{INVALID}Some index key attributes are not defined in AttributeDefinitions. "
        "Keys: [pk, rank], AttributeDefinitions: [rank]"
    )
    said = refused(engine, "UpdateTable", **adding(index(("pk", "HASH"))))
    assert said == f"{INVALID}AttributeDefinitions is not specified for index: new"
    engine.ask("UpdateTable", **adding(by_both, pk="S", rank="N"))


@pytest.mark.aws(
    "An index of a name that there is, or a delete of one that there is not, is refused.",
    source=UPDATES,
    service="dynamodb",
)
def test_an_index_is_made_once_and_deleted_once() -> None:
    engine = Engine(INDEXED)
    again = adding(index(("verdict", "HASH"), name="byVerdict"), verdict="S")
    said = refused(engine, "UpdateTable", **again)
    assert said == "Attempting to create an index which already exists"
    delete = {"Delete": {"IndexName": "gone"}}
    with pytest.raises(ServiceError) as caught:
        engine.call("UpdateTable", GlobalSecondaryIndexUpdates=[delete])
    assert (caught.value.code, caught.value.message) == (
        "ResourceNotFoundException",
        "Requested resource not found: Index gone for table demandTable",
    )


def test_a_local_index_stays() -> None:
    engine = Engine(INDEXED)
    for action in ("Delete", "Update"):
        update = {action: {"IndexName": "byScore"}}
        parameters = {"TableName": "demandTable", "GlobalSecondaryIndexUpdates": [update]}
        said = refused(engine, "UpdateTable", **parameters)
        assert said == (
            f"Cannot {action.lower()} an index that is not a GlobalSecondaryIndex: byScore"
        )


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        (
            [("pk", "HASH"), ("sk", "RANGE"), ("score", "HASH")],
            f"{INVALID}All HASH key attributes must precede RANGE key attributes in the KeySchema",
        ),
        (
            [("pk", "HASH"), ("pk", "RANGE")],
            "The KeySchema contains multiple key attributes with the same name",
        ),
        (
            [("pk", "RANGE")],
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
        ),
    ],
)
def test_the_key_of_a_global_index_has_an_order(
    elements: list[tuple[str, str]], message: str
) -> None:
    assert creating(GlobalSecondaryIndexes=[GLOBAL, index(*elements)]) == message


@pytest.mark.aws(
    "A table has at most 20 global and five local indexes.", source=QUOTAS, service="dynamodb"
)
def test_a_table_has_so_many_indexes() -> None:
    twenty = [GLOBAL | {"IndexName": f"index{number}"} for number in range(20)]
    said = creating(GlobalSecondaryIndexes=[*twenty, GLOBAL])
    assert said == f"{INVALID}GlobalSecondaryIndex count exceeds the per-table limit of 20"
    six = [LOCAL | {"IndexName": f"local{number}"} for number in range(6)]
    said = creating(LocalSecondaryIndexes=six)
    assert said == f"{INVALID}Number of LocalSecondaryIndexes exceeds per-table limit of 5"
    engine = Engine(INDEXED | {"GlobalSecondaryIndexes": twenty})
    with pytest.raises(ServiceError) as caught:
        engine.ask("UpdateTable", **adding(index(("verdict", "HASH")), verdict="S"))
    assert (caught.value.code, caught.value.message) == (
        "LimitExceededException",
        (
            "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table "
            "limit of 20"
        ),
    )


def on_demand(**units: int) -> dict[str, Any]:
    return {"OnDemandThroughput": units}


PROVISIONED = {"BillingMode": "PROVISIONED", "ProvisionedThroughput": dict.fromkeys(ZERO, 5)}
MAXIMUM = "MaxReadRequestUnits"
WARM = "ReadUnitsPerSecond"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            on_demand(MaxReadRequestUnits=0),
            f"Requested {MAXIMUM} for OnDemandThroughput for table is outside of valid range",
        ),
        (
            {"GlobalSecondaryIndexes": [GLOBAL | on_demand(MaxReadRequestUnits=-1)]},
            (
                f"Requested {MAXIMUM} for OnDemandThroughput for index : byVerdict is outside of "
                "valid range"
            ),
        ),
        (
            {
                **PROVISIONED,
                **on_demand(MaxReadRequestUnits=1),
                "GlobalSecondaryIndexes": [
                    {**GLOBAL, "ProvisionedThroughput": PROVISIONED["ProvisionedThroughput"]}
                ],
            },
            (
                f"{MAXIMUM} for OnDemandThroughput cannot be specified when table BillingMode is "
                "PROVISIONED."
            ),
        ),
        (
            {
                "GlobalSecondaryIndexes": [
                    GLOBAL
                    | {
                        "Projection": {
                            "ProjectionType": "INCLUDE",
                            "NonKeyAttributes": ["a", "b", "a"],
                        }
                    }
                ]
            },
            "Duplicate element in NonKeyAttributes: a",
        ),
        (
            # Told before the projection that lacks its attributes.
            {
                "AttributeDefinitions": [
                    *INDEXED["AttributeDefinitions"],
                    {"AttributeName": "unused", "AttributeType": "S"},
                ],
                "GlobalSecondaryIndexes": [GLOBAL | {"Projection": {"ProjectionType": "INCLUDE"}}],
            },
            (
                "Some AttributeDefinitions are not used. AttributeDefinitions: "
                "[pk, score, sk, unused, verdict], keys used: [pk, score, sk, verdict]"
            ),
        ),
    ],
)
def test_a_setting_that_no_table_can_have_makes_none(more: dict[str, Any], message: str) -> None:
    assert creating(**more) == INVALID + message


@pytest.mark.aws(
    "A projection names at most 20 attributes.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html",
    service="dynamodb",
)
def test_a_projection_names_twenty_attributes() -> None:
    def projected(count: int) -> dict[str, Any]:
        names = [f"a{number}" for number in range(count)]
        return {"Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": names}}

    said = creating(GlobalSecondaryIndexes=[GLOBAL | projected(21)])
    assert said.endswith(
        " at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' failed to satisfy "
        "constraint: Member must have length less than or equal to 20"
    )
    Engine(INDEXED | {"GlobalSecondaryIndexes": [GLOBAL | projected(20)]})


def updating(**more: Any) -> str:
    return refused(Engine(INDEXED), "UpdateTable", TableName="demandTable", **more)


def of_index(**settings: Any) -> dict[str, Any]:
    return {"GlobalSecondaryIndexUpdates": [{"Update": {"IndexName": "byVerdict", **settings}}]}


ONLY = (
    "The only Updates for index: byVerdict when TableThroughputMode is PAY_PER_REQUEST can be to "
    "OnDemandThroughput, WarmThroughput"
)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (of_index(), ONLY),
        (of_index(OnDemandThroughput={}), ONLY),
        (
            of_index(WarmThroughput={}),
            (
                "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond "
                "specified for index: byVerdict"
            ),
        ),
        (
            of_index(WarmThroughput={WARM: 1}),
            (
                f"Requested {WARM} for WarmThroughput for index byVerdict is lower than current "
                "WarmThroughput, decreasing WarmThroughput is not supported"
            ),
        ),
        (
            {
                "GlobalSecondaryIndexUpdates": [
                    {kind: {"IndexName": "byVerdict"} for kind in ("Update", "Delete")}
                ]
            },
            (
                "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate "
                "object"
            ),
        ),
        (
            {
                "GlobalSecondaryIndexUpdates": [
                    {"Delete": {"IndexName": "byVerdict"}},
                    {"Create": index(("verdict", "HASH"), name="byVerdict")},
                ]
            },
            (
                "Only one global secondary index update per index is allowed simultaneously. "
                "Index: byVerdict"
            ),
        ),
    ],
)
def test_a_change_of_an_index_that_is_none_is_refused(more: dict[str, Any], message: str) -> None:
    assert updating(**more) == INVALID + message


def test_what_is_warm_gets_no_colder() -> None:
    engine = Engine()
    engine.call("UpdateTable", WarmThroughput={WARM: 20_000})
    said = refused(engine, "UpdateTable", TableName="demandTable", WarmThroughput={WARM: 19_999})
    assert said == (
        f"{INVALID}Requested {WARM} for WarmThroughput for table is lower than current "
        "WarmThroughput, decreasing WarmThroughput is not supported"
    )


@pytest.mark.aws(
    "A maximum of a table on demand is removed by setting it to -1.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_OnDemandThroughput.html",
    service="dynamodb",
)
def test_a_maximum_is_removed() -> None:
    maxima = on_demand(MaxReadRequestUnits=10, MaxWriteRequestUnits=5)
    engine = Engine(TABLE | maxima)
    engine.call("UpdateTable", **on_demand(MaxReadRequestUnits=-1, MaxWriteRequestUnits=5))
    shown = engine.call("DescribeTable")["Table"]["OnDemandThroughput"]
    assert shown == {"MaxWriteRequestUnits": 5}
    engine.call("UpdateTable", **on_demand(MaxWriteRequestUnits=-1))
    assert "OnDemandThroughput" not in engine.call("DescribeTable")["Table"]


def test_a_name_that_no_table_can_have_is_told_before_it_is_looked_for() -> None:
    short, characters = (
        fault("x!", "tableName", "have length greater than or equal to 3"),
        fault("x!", "tableName", "satisfy regular expression pattern: [a-zA-Z0-9_.-]+"),
    )
    for operation in ("DescribeTable", "DeleteTable"):
        said = refused(Engine(), operation, TableName="x!")
        assert said == f"2 validation errors detected: {short}; {characters}"
    said = refused(Engine(), "ListTables", ExclusiveStartTableName="x!")
    told = f"{characters}; {short}".replace("tableName", "exclusiveStartTableName")
    assert said == f"2 validation errors detected: {told}"
    message = refused(Engine(), "UpdateTable", TableName="gone")
    assert message.startswith("At least one of ProvisionedThroughput, BillingMode, ")


@pytest.mark.aws(
    "A projection names attributes where it is INCLUDE and nowhere else; a stream has a view type "
    "where it is enabled and nowhere else.",
    source=SPECIFIED,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            {"GlobalSecondaryIndexes": [GLOBAL | {"Projection": {"ProjectionType": "INCLUDE"}}]},
            "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
        ),
        (
            {"LocalSecondaryIndexes": [LOCAL | {"Projection": {"ProjectionType": "INCLUDE"}}]},
            "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
        ),
        (
            {
                "GlobalSecondaryIndexes": [
                    GLOBAL | {"Projection": LOCAL["Projection"] | {"NonKeyAttributes": ["a"]}}
                ]
            },
            "ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified",
        ),
        (
            {"StreamSpecification": {"StreamEnabled": False, "StreamViewType": "NEW_IMAGE"}},
            (
                "Table is being created with a stream disabled, UpdateViewType should not be "
                "specified"
            ),
        ),
        (
            {"StreamSpecification": {"StreamEnabled": True}},
            "Table is being created with a stream enabled, UpdateViewType is required",
        ),
    ],
)
def test_what_goes_together_is_given_together(more: dict[str, Any], message: str) -> None:
    assert creating(**more) == INVALID + message


@pytest.mark.aws(
    "A local index has the partition key of its table.",
    source=f"{SUITE}tier1/createTable/lsi.test.ts",
    service="dynamodb",
)
def test_a_local_index_has_the_partition_key_of_its_table() -> None:
    turned = LOCAL | {"KeySchema": keys(("verdict", "HASH"), ("score", "RANGE"))}
    assert creating(LocalSecondaryIndexes=[turned]) == (
        f"{INVALID}Index KeySchema does not have the same leading hash key as table KeySchema for "
        "index: byScore. index hash key: verdict, table hash key: pk"
    )


@pytest.mark.aws(
    "An attribute that is no key may not be defined, nor units for a table billed by request.",
    source=f"{SUITE}tier1/createTable/basic.test.ts",
    service="dynamodb",
)
def test_what_a_table_does_not_need_is_refused() -> None:
    plain = TABLE | {"TableName": "new"}
    rank = {"AttributeName": "rank", "AttributeType": "N"}
    definitions = [*TABLE["AttributeDefinitions"], rank]
    said = refused(Engine(), "CreateTable", **plain | {"AttributeDefinitions": definitions})
    assert said == (
        f"{INVALID}Number of attributes in KeySchema does not exactly match number of attributes "
        "defined in AttributeDefinitions"
    )
    units = dict.fromkeys(ZERO, 5)
    said = refused(Engine(), "CreateTable", **plain, ProvisionedThroughput=units)
    assert said == (
        f"{INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
        "BillingMode is PAY_PER_REQUEST"
    )


def test_a_new_index_is_held_to_the_mode_that_its_table_changes_to() -> None:
    engine = Engine(TABLE | PROVISIONED)
    limited = index(("pk", "HASH")) | on_demand(MaxReadRequestUnits=7)
    said = refused(engine, "UpdateTable", **adding(limited, pk="S"))
    assert said.endswith(
        "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: new"
    )
    engine.ask("UpdateTable", **adding(limited, pk="S"), BillingMode="PAY_PER_REQUEST")
    (shown,) = engine.call("DescribeTable")["Table"]["GlobalSecondaryIndexes"]
    assert shown["OnDemandThroughput"] == {"MaxReadRequestUnits": 7}
