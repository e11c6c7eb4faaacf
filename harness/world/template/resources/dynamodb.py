"""``AWS::DynamoDB::Table`` and its short form, ``AWS::Serverless::SimpleTable``."""

from typing import Any

from harness.world.template.block import Block, vocabulary
from harness.world.template.draft import Draft
from harness.world.template.resources import words
from harness.world.template.resources.resourcetype import ResourceType, physical_name
from harness.world.template.scope import Declaration, Identification, Scope
from harness.world.template.streamlabel import stream_arn
from harness.world.topology import Resource

CAPACITY_WARMED = "capacity that stands ready never refuses a call"
WORDS = vocabulary(
    "AttributeDefinitions BillingMode GlobalSecondaryIndexes KeySchema LocalSecondaryIndexes "
    "ProvisionedThroughput StreamSpecification TableName TimeToLiveSpecification",
    accepted={
        "ContributorInsightsSpecification": words.METRICS,
        "DeletionProtectionEnabled": "a world is never torn down by a stack update",
        "PointInTimeRecoverySpecification": words.BACKUPS,
        "ResourcePolicy": words.PERMISSIONS,
        "SSESpecification": words.ENCRYPTION,
        "TableClass": "the storage class changes prices only",
        "Tags": words.TAGS,
        "WarmThroughput": CAPACITY_WARMED,
    },
    refused="ImportSourceSpecification KinesisStreamSpecification OnDemandThroughput VectorIndexes",
)
SIMPLE_WORDS = vocabulary(
    "PrimaryKey ProvisionedThroughput TableName",
    accepted={
        "PointInTimeRecoverySpecification": words.BACKUPS,
        "SSESpecification": words.ENCRYPTION,
        "Tags": words.TAGS,
    },
)
ATTRIBUTE_WORDS = vocabulary("AttributeName AttributeType")
KEY_WORDS = vocabulary("AttributeName KeyType")
THROUGHPUT_WORDS = vocabulary("ReadCapacityUnits WriteCapacityUnits")
PROJECTION_WORDS = vocabulary("NonKeyAttributes ProjectionType")
LOCAL_INDEX_WORDS = vocabulary("IndexName KeySchema Projection")
GLOBAL_INDEX_WORDS = vocabulary(
    "IndexName KeySchema Projection ProvisionedThroughput",
    accepted={
        "ContributorInsightsSpecification": words.METRICS,
        "WarmThroughput": CAPACITY_WARMED,
    },
    refused="OnDemandThroughput",
)
STREAM_WORDS = vocabulary(
    "StreamViewType", accepted={"ResourcePolicy": words.PERMISSIONS, "Tags": words.TAGS}
)
TIME_TO_LIVE_WORDS = vocabulary("AttributeName Enabled")
PRIMARY_KEY_WORDS = vocabulary("Name Type")

VIEW_TYPES = ("KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE")
CAPACITY_MAX = 2**31


def identify(declaration: Declaration, scope: Scope) -> Identification:
    """``Ref`` is the name."""
    name = physical_name(declaration, scope, "TableName")
    attributes = {"Arn": scope.identity.arn("dynamodb", f"table/{name}")}
    written = declaration.properties.members.get("StreamSpecification")
    if written is not None and scope.resolve(written) is not None:
        attributes["StreamArn"] = stream_arn(scope.identity, name, scope.start)
    return Identification(name, name, attributes)


def build(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Add the table."""
    identification = scope.identify(declaration.logical_id)
    create: dict[str, Any] = {
        "TableName": identification.name,
        "AttributeDefinitions": [
            {
                "AttributeName": definition.required("AttributeName"),
                "AttributeType": _choice(definition, "AttributeType", "B", "N", "S"),
            }
            for definition in block.blocks("AttributeDefinitions", ATTRIBUTE_WORDS)
        ],
        "KeySchema": _key_schema(block),
    }
    _check_key_attributes(block, create)
    mode = block.choice("BillingMode", ("PAY_PER_REQUEST", "PROVISIONED")) or "PROVISIONED"
    create["BillingMode"] = mode
    if mode == "PROVISIONED":
        create["ProvisionedThroughput"] = _throughput(block)
    elif "ProvisionedThroughput" in block:
        problem = "a PAY_PER_REQUEST table takes no 'ProvisionedThroughput'"
        raise block.broken("ProvisionedThroughput", problem, at_key=True)
    create.update(_indexes(block, mode))
    stream = block.block("StreamSpecification", STREAM_WORDS)
    if stream is not None:
        view = _choice(stream, "StreamViewType", *VIEW_TYPES)
        create["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": view}
    _add(draft, declaration, identification, create, _time_to_live(block))


def build_simple(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Add a table that has a partition key only."""
    identification = scope.identify(declaration.logical_id)
    primary_key = block.block("PrimaryKey", PRIMARY_KEY_WORDS)
    name, kind = "id", "String"
    if primary_key is not None:
        name = primary_key.required("Name")
        kind = _choice(primary_key, "Type", "Binary", "Number", "String")
    create: dict[str, Any] = {
        "TableName": identification.name,
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": kind[0]}],
        "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
    }
    if "ProvisionedThroughput" in block:
        create["BillingMode"] = "PROVISIONED"
        create["ProvisionedThroughput"] = _throughput(block)
    else:
        create["BillingMode"] = "PAY_PER_REQUEST"
    _add(draft, declaration, identification, create, {})


def _add(
    draft: Draft,
    declaration: Declaration,
    identification: Identification,
    create: dict[str, Any],
    settings: dict[str, Any],
) -> None:
    arn = identification.attributes["Arn"]
    table = Resource(declaration.logical_id, identification.name, create, settings, arn)
    draft.tables.append(table)


def _choice(block: Block, name: str, *choices: str) -> str:
    found = block.choice(name, choices)
    if found is None:
        raise block.missing(name)
    return found


def _key_schema(block: Block) -> list[dict[str, str]]:
    schema = [
        {
            "AttributeName": element.required("AttributeName"),
            "KeyType": _choice(element, "KeyType", "HASH", "RANGE"),
        }
        for element in block.blocks("KeySchema", KEY_WORDS)
    ]
    if [element["KeyType"] for element in schema] not in (["HASH"], ["HASH", "RANGE"]):
        raise block.broken(
            "KeySchema", "'KeySchema' must be one HASH key, then at most one RANGE key"
        )
    return schema


def _check_key_attributes(block: Block, create: dict[str, Any]) -> None:
    known = {definition["AttributeName"] for definition in create["AttributeDefinitions"]}
    for element in create["KeySchema"]:
        if element["AttributeName"] not in known:
            problem = f"key {element['AttributeName']!r} is not in 'AttributeDefinitions'"
            raise block.broken("KeySchema", problem)


def _throughput(block: Block) -> dict[str, int]:
    throughput = block.block("ProvisionedThroughput", THROUGHPUT_WORDS)
    if throughput is None:
        raise block.missing("ProvisionedThroughput")
    units: dict[str, int] = {}
    for name in ("ReadCapacityUnits", "WriteCapacityUnits"):
        count = throughput.integer(name, 1, CAPACITY_MAX)
        if count is None:
            raise throughput.missing(name)
        units[name] = count
    return units


def _indexes(block: Block, mode: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, vocabulary_ in (
        ("GlobalSecondaryIndexes", GLOBAL_INDEX_WORDS),
        ("LocalSecondaryIndexes", LOCAL_INDEX_WORDS),
    ):
        for index in block.blocks(kind, vocabulary_):
            described = _index(index)
            if kind.startswith("Global") and mode == "PROVISIONED":
                described["ProvisionedThroughput"] = _throughput(index)
            found.setdefault(kind, []).append(described)
    return found


def _index(index: Block) -> dict[str, Any]:
    projection = index.block("Projection", PROJECTION_WORDS)
    if projection is None:
        raise index.missing("Projection")
    projected: dict[str, Any] = {
        "ProjectionType": _choice(projection, "ProjectionType", "ALL", "INCLUDE", "KEYS_ONLY")
    }
    if "NonKeyAttributes" in projection:
        projected["NonKeyAttributes"] = projection.texts("NonKeyAttributes")
    return {
        "IndexName": index.required("IndexName"),
        "KeySchema": _key_schema(index),
        "Projection": projected,
    }


def _time_to_live(block: Block) -> dict[str, Any]:
    found = block.block("TimeToLiveSpecification", TIME_TO_LIVE_WORDS)
    if found is None or not found.boolean("Enabled", default=False):
        return {}
    name = found.required("AttributeName")
    return {"TimeToLiveSpecification": {"AttributeName": name, "Enabled": True}}


TYPES = (
    ResourceType("AWS::DynamoDB::Table", WORDS, identify, build),
    ResourceType("AWS::Serverless::SimpleTable", SIMPLE_WORDS, identify, build_simple),
)
