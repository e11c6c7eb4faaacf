"""Creates what the topology declares: tables, streams, queues, buckets."""

from typing import Any

from harness.kernel.instant import Instant
from harness.world.topology import Topology


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
    for queue in topology.queues:
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


_RETENTION_HOURS_DEFAULT = 24
