"""``Events`` of a SAM function: each stands for a mapping or a bucket notification."""

from harness.mappings.mapping import SourceKind
from harness.world.template.block import Block, vocabulary
from harness.world.template.draft import Draft
from harness.world.template.node import MappingNode
from harness.world.template.problems import REMEDY, broken, suggestion, unsupported
from harness.world.template.resources.eventsourcemapping import EVENT_WORDS, add_mapping
from harness.world.template.resources.s3 import add_notification
from harness.world.template.scope import Declaration, Scope

EVENT_MEMBERS = vocabulary("Properties Type")
BUCKET_WORDS = vocabulary("Bucket Events Filter")
SOURCE_KINDS: dict[str, SourceKind] = {"Kinesis": "kinesis", "DynamoDB": "dynamodb", "SQS": "sqs"}
NOT_MODELLED = (
    *("AlexaSkill", "Api", "CloudWatchEvent", "CloudWatchLogs", "Cognito", "DocumentDB"),
    *("EventBridgeRule", "HttpApi", "IoTRule", "MQ", "MSK", "Schedule", "ScheduleV2"),
    *("SelfManagedKafka", "SNS"),
)


def read_events(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Add what the events of one function stand for."""
    events = block.find("Events")
    if events is None:
        return
    if not isinstance(events, MappingNode):
        raise block.wrong("Events", "a mapping")
    for name, node in events:
        if not isinstance(node, MappingNode):
            problem = f"{block.owner}: event {name!r} must be a mapping, not {node.shown}"
            raise broken(events.at(name), problem)
        owner = f"{block.owner}: event {name!r}"
        event = Block(node, owner, EVENT_MEMBERS)
        _read_event(declaration, name, event, scope, draft)


def _read_event(
    declaration: Declaration, name: str, event: Block, scope: Scope, draft: Draft
) -> None:
    kind = event.required("Type")
    identifier = declaration.logical_id + name
    function_name = scope.identify(declaration.logical_id).name
    if kind == "S3":
        settings = event.block("Properties", BUCKET_WORDS)
        if settings is None:
            raise event.missing("Properties")
        add_notification(
            settings,
            "Events",
            draft,
            bucket_name=_bucket(settings, scope),
            identifier=identifier,
            function_name=function_name,
        )
        return
    if kind not in SOURCE_KINDS:
        if kind in NOT_MODELLED:
            problem = f"{event.owner}: event type {kind!r} is not modelled; {REMEDY}"
            raise unsupported(event.position("Type"), problem)
        known = ("S3", *SOURCE_KINDS, *NOT_MODELLED)
        raise event.broken("Type", f"unknown event type {kind!r}{suggestion(kind, known)}")
    source_kind = SOURCE_KINDS[kind]
    settings = event.block("Properties", EVENT_WORDS[source_kind])
    if settings is None:
        raise event.missing("Properties")
    setting = "Queue" if source_kind == "sqs" else "Stream"
    add_mapping(
        settings,
        setting,
        scope,
        draft,
        logical_id=identifier,
        function_name=function_name,
        expected=source_kind,
    )


def _bucket(settings: Block, scope: Scope) -> str:
    """Return the bucket's name; SAM wants a Ref to a bucket of the same template."""
    name = settings.required("Bucket")
    for logical_id, declaration in scope.declarations.items():
        if declaration.type_name == "AWS::S3::Bucket" and scope.identify(logical_id).name == name:
            return name
    raise settings.broken(
        "Bucket", f"event source {settings.shown('Bucket')} is no bucket of this template"
    )
