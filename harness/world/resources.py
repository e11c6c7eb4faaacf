"""Creates what the topology declares: tables, streams, queues, buckets."""

from collections.abc import Callable
from typing import Any

from harness.errors import ScenarioError
from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.world.template.parsing import shown_path
from harness.world.topology import Resource, Topology

_RETENTION_HOURS_DEFAULT = 24

_PUTS = {
    "CORSConfiguration": "PutBucketCors",
    "LifecycleConfiguration": "PutBucketLifecycleConfiguration",
    "OwnershipControls": "PutBucketOwnershipControls",
    "PublicAccessBlockConfiguration": "PutPublicAccessBlock",
    "ServerSideEncryptionConfiguration": "PutBucketEncryption",
    "Tagging": "PutBucketTagging",
    "VersioningConfiguration": "PutBucketVersioning",
}
"""What a bucket is given after its creation, and the call that does."""

ArnOf = Callable[[str], str]
"""A function's name -> its ARN."""


def create_resources(topology: Topology, services: dict[str, Any], now: Instant) -> None:
    """Carry out the creating calls of *topology* at *now*."""

    def call(service: str, operation: str, parameters: Any) -> None:
        engine = services[service]
        try:
            engine.operations[operation](engine, parameters, now)
        except ServiceError as error:
            raise ScenarioError(
                f"{operation} is refused: {error.code}: {error.message}",
                path=shown_path(topology.path),
            ) from error

    for table in topology.tables:
        call("dynamodb", "CreateTable", table.create)
        specification = table.settings.get("TimeToLiveSpecification")
        if specification:
            call(
                "dynamodb",
                "UpdateTimeToLive",
                {"TableName": table.name, "TimeToLiveSpecification": specification},
            )
    for stream in topology.streams:
        call("kinesis", "CreateStream", stream.create)
        hours = stream.settings.get("RetentionPeriodHours")
        if hours and hours > _RETENTION_HOURS_DEFAULT:
            call(
                "kinesis",
                "IncreaseStreamRetentionPeriod",
                {"StreamName": stream.name, "RetentionPeriodHours": hours},
            )
    # A queue that others redrive to must be there before them.
    for queue in sorted(topology.queues, key=_redrives):
        call("sqs", "CreateQueue", queue.create)
    for bucket in topology.buckets:
        call("s3", "CreateBucket", bucket.create)
        for parameter, document in bucket.settings.items():
            call("s3", _PUTS[parameter], {"Bucket": bucket.name, parameter: document})


def show_notifications(topology: Topology, s3: Any, arn_of: ArnOf, now: Instant) -> None:
    """Let each bucket give back the notifications that the template declares.

    The world itself delivers them; so this must come before anybody refuses what a call puts.
    """
    by_bucket: dict[str, dict[str, Any]] = {}
    for notification in topology.notifications:
        configuration = by_bucket.setdefault(notification.bucket_name, {})
        pairs = (("Prefix", notification.prefix), ("Suffix", notification.suffix))
        rules = [{"Name": name, "Value": value} for name, value in pairs if value]
        shown: dict[str, Any] = {
            "Id": notification.configuration_id,
            "Events": list(notification.events),
            **({"Filter": {"Key": {"FilterRules": rules}}} if rules else {}),
        }
        if notification.function_name is not None:
            shown["LambdaFunctionArn"] = arn_of(notification.function_name)
            configuration.setdefault("LambdaFunctionConfigurations", []).append(shown)
        else:
            shown["QueueArn"] = notification.queue_arn
            configuration.setdefault("QueueConfigurations", []).append(shown)
    for name, configuration in by_bucket.items():
        parameters = {"Bucket": name, "NotificationConfiguration": configuration}
        s3.operations["PutBucketNotificationConfiguration"](s3, parameters, now)


def _redrives(queue: Resource) -> bool:
    return "RedrivePolicy" in queue.create.get("Attributes", {})
