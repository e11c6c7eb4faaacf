"""Creates what the topology declares: tables, streams, queues, buckets."""

from typing import Any

from harness.kernel.instant import Instant
from harness.world.topology import Resource, Topology

_RETENTION_HOURS_DEFAULT = 24


def create_resources(topology: Topology, services: dict[str, Any], now: Instant) -> None:
    """Carry out the creating calls of *topology* at *now*."""

    def call(service: str, operation: str, parameters: Any) -> None:
        engine = services[service]
        engine.operations[operation](engine, parameters, now)

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
        versioning = bucket.settings.get("VersioningConfiguration")
        if versioning:
            call(
                "s3",
                "PutBucketVersioning",
                {"Bucket": bucket.name, "VersioningConfiguration": versioning},
            )


def _redrives(queue: Resource) -> bool:
    return "RedrivePolicy" in queue.create.get("Attributes", {})
