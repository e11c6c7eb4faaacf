"""``AWS::Kinesis::Stream``."""

from typing import Any

from harness.world.template.block import Block, vocabulary
from harness.world.template.draft import Draft
from harness.world.template.resources import words
from harness.world.template.resources.resourcetype import ResourceType, physical_name
from harness.world.template.scope import Declaration, Identification, Scope
from harness.world.topology import Resource

WORDS = vocabulary(
    "Name RetentionPeriodHours ShardCount StreamModeDetails",
    accepted={
        "DesiredShardLevelMetrics": words.METRICS,
        "StreamEncryption": words.ENCRYPTION,
        "Tags": words.TAGS,
    },
    refused="MaxRecordSizeInKiB RecordDistributionStrategy WarmThroughputMiBps",
)
MODE_WORDS = vocabulary("StreamMode")


def identify(declaration: Declaration, scope: Scope) -> Identification:
    """``Ref`` is the name."""
    name = physical_name(declaration, scope, "Name")
    return Identification(name, name, {"Arn": scope.identity.arn("kinesis", f"stream/{name}")})


def build(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Add the stream."""
    identification = scope.identify(declaration.logical_id)
    create: dict[str, Any] = {"StreamName": identification.name}
    details = block.block("StreamModeDetails", MODE_WORDS)
    mode = details and details.choice("StreamMode", ("ON_DEMAND", "PROVISIONED"))
    shard_count = block.integer("ShardCount", 1, 20_000)
    if mode == "ON_DEMAND":
        create["StreamModeDetails"] = {"StreamMode": mode}
        if shard_count is not None:
            raise block.broken("ShardCount", "an ON_DEMAND stream takes no 'ShardCount'")
    elif shard_count is None:
        raise block.missing("ShardCount")
    else:
        create["ShardCount"] = shard_count
    hours = block.integer("RetentionPeriodHours", 24, 8760)
    draft.streams.append(
        Resource(
            logical_id=declaration.logical_id,
            name=identification.name,
            create=create,
            settings={} if hours is None else {"RetentionPeriodHours": hours},
            arn=identification.attributes["Arn"],
        )
    )


TYPES = (ResourceType("AWS::Kinesis::Stream", WORDS, identify, build),)
