"""``AWS::S3::Bucket`` and its notifications, those that SAM makes of ``Events`` included."""

from typing import Any

from harness.mappings.mapping import BucketNotification
from harness.world.template.block import Block, vocabulary
from harness.world.template.draft import Draft, DraftNotification
from harness.world.template.problems import suggestion
from harness.world.template.resources import words
from harness.world.template.resources.bucketsettings import read_settings
from harness.world.template.resources.lambdanames import function_of
from harness.world.template.resources.resourcetype import ResourceType, physical_name
from harness.world.template.resources.sqs import FIFO_SUFFIX
from harness.world.template.scope import Declaration, Identification, Scope
from harness.world.topology import Resource

WORDS = vocabulary(
    "BucketEncryption BucketName CorsConfiguration LifecycleConfiguration "
    "NotificationConfiguration OwnershipControls PublicAccessBlockConfiguration Tags "
    "VersioningConfiguration",
    accepted={
        "AccessControl": words.PERMISSIONS,
        "LoggingConfiguration": words.LOGS,
        "MetricsConfigurations": words.METRICS,
    },
    refused="AbacStatus AccelerateConfiguration AnalyticsConfigurations BucketNamePrefix "
    "BucketNamespace IntelligentTieringConfigurations InventoryConfigurations "
    "MetadataConfiguration MetadataTableConfiguration ObjectLockConfiguration ObjectLockEnabled "
    "ReplicationConfiguration WebsiteConfiguration",
)
NOTIFICATION_WORDS = vocabulary(
    "LambdaConfigurations QueueConfigurations",
    refused="EventBridgeConfiguration TopicConfigurations",
)
LAMBDA_WORDS = vocabulary("Event Filter Function")
QUEUE_WORDS = vocabulary("Event Filter Queue")
FILTER_WORDS = vocabulary("S3Key")
S3KEY_WORDS = vocabulary("Rules")
RULE_WORDS = vocabulary("Name Value")

EVENTS = (
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Put",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
)
NEVER_ANNOUNCED = (
    *("s3:IntelligentTiering", "s3:LifecycleExpiration:", "s3:LifecycleTransition"),
    *("s3:ObjectAcl:", "s3:ObjectRestore:", "s3:ObjectTagging:", "s3:ReducedRedundancyLost"),
    *("s3:Replication:", "s3:TestEvent"),
)


def identify(declaration: Declaration, scope: Scope) -> Identification:
    """``Ref`` is the name; a bucket without one gets its logical id in lower case, as on AWS."""
    name = physical_name(declaration, scope, "BucketName")
    if "BucketName" not in declaration.properties.members:
        name = name.lower()
    region = scope.identity.region
    attributes = {
        "Arn": f"arn:aws:s3:::{name}",
        "DomainName": f"{name}.s3.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{region}.amazonaws.com",
    }
    return Identification(name, name, attributes)


def build(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Add the bucket and the notifications it declares itself."""
    identification = scope.identify(declaration.logical_id)
    create: dict[str, Any] = {"Bucket": identification.name}
    region = scope.identity.region
    if region != "us-east-1":  # where S3 refuses the constraint
        create["CreateBucketConfiguration"] = {"LocationConstraint": region}
    settings = read_settings(block)
    arn = identification.attributes["Arn"]
    draft.buckets.append(
        Resource(declaration.logical_id, identification.name, create, settings, arn)
    )
    notifications = block.block("NotificationConfiguration", NOTIFICATION_WORDS)
    if notifications is not None:
        _read_notifications(declaration, notifications, scope, draft)


def _read_notifications(
    declaration: Declaration, block: Block, scope: Scope, draft: Draft
) -> None:
    logical_id = declaration.logical_id
    bucket_name = scope.identify(logical_id).name
    for number, inner in enumerate(block.blocks("LambdaConfigurations", LAMBDA_WORDS)):
        add_notification(
            inner,
            "Event",
            draft,
            bucket_name=bucket_name,
            identifier=f"{logical_id}Function{number}",
            function_name=function_of(inner, "Function", scope),
        )
    for number, inner in enumerate(block.blocks("QueueConfigurations", QUEUE_WORDS)):
        add_notification(
            inner,
            "Event",
            draft,
            bucket_name=bucket_name,
            identifier=f"{logical_id}Queue{number}",
            queue_arn=_queue(inner, scope),
        )


def _queue(block: Block, scope: Scope) -> str:
    arn = block.required("Queue")
    owner = scope.owner_of(arn)
    if owner is None or owner.type_name != "AWS::SQS::Queue":
        raise block.broken("Queue", f"{block.shown('Queue')} is no queue of this template")
    if arn.endswith(FIFO_SUFFIX):
        raise block.broken("Queue", "S3 cannot notify a FIFO queue")
    return arn


def add_notification(  # noqa: PLR0913 - the place in the template, and the two parties
    block: Block,
    setting: str,
    draft: Draft,
    *,
    bucket_name: str,
    identifier: str,
    function_name: str | None = None,
    queue_arn: str | None = None,
) -> None:
    """Add one notification, whose event names stand under *setting*."""
    events = block.texts(setting)
    if not events:
        raise block.missing(setting)
    for event in events:
        _check_event(block, setting, event)
    prefix, suffix = _key_filter(block)
    notification = BucketNotification(
        bucket_name=bucket_name,
        events=tuple(events),
        prefix=prefix,
        suffix=suffix,
        function_name=function_name,
        queue_arn=queue_arn,
        configuration_id=identifier,
    )
    draft.notifications.append(
        DraftNotification(notification, block.owner, block.position(setting))
    )


def _check_event(block: Block, setting: str, event: str) -> None:
    if event in EVENTS:
        return
    if event.startswith(NEVER_ANNOUNCED):
        raise block.unsupported(setting, f"bucket event {event!r} is not modelled")
    raise block.broken(setting, f"unknown bucket event {event!r}{suggestion(event, EVENTS)}")


def _key_filter(block: Block) -> tuple[str, str]:
    """Return prefix and suffix; AWS takes the rules' names in any case."""
    found = {"prefix": "", "suffix": ""}
    outer = block.block("Filter", FILTER_WORDS)
    inner = outer and outer.block("S3Key", S3KEY_WORDS)
    if outer is not None and inner is None:
        raise outer.missing("S3Key")
    for rule in inner.blocks("Rules", RULE_WORDS) if inner else ():
        name = rule.required("Name")
        if name.lower() not in found:
            raise rule.broken("Name", "filter rule name must be either prefix or suffix")
        found[name.lower()] = rule.text("Value") or ""
    return found["prefix"], found["suffix"]


TYPES = (ResourceType("AWS::S3::Bucket", WORDS, identify, build),)
