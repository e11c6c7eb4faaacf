"""``AWS::Lambda::EventSourceMapping``: the settings of a mapping and the rules that Lambda has.

SAM's events of the types Kinesis, DynamoDB and SQS are the same settings by other names, so they
are read here too.
"""

from typing import Any

from harness.kernel.instant import Duration, Instant, seconds
from harness.mappings.mapping import Mapping, SourceKind
from harness.world.template.block import Block, Vocabulary, vocabulary
from harness.world.template.draft import Draft, DraftMapping
from harness.world.template.filtercriteria import read_filters
from harness.world.template.node import ScalarNode
from harness.world.template.resources import words
from harness.world.template.resources.destinations import STREAM_CONFIG_WORDS, read_destination
from harness.world.template.resources.lambdanames import function_of
from harness.world.template.resources.resourcetype import ResourceType
from harness.world.template.resources.sqs import FIFO_SUFFIX
from harness.world.template.scope import Declaration, Identification, Scope

SHARED = "BatchSize Enabled FilterCriteria FunctionResponseTypes MaximumBatchingWindowInSeconds"
STREAM_ONLY = (
    "BisectBatchOnFunctionError DestinationConfig MaximumRecordAgeInSeconds MaximumRetryAttempts "
    "ParallelizationFactor StartingPosition StartingPositionTimestamp TumblingWindowInSeconds"
)
QUEUE_ONLY = "ScalingConfig"
ACCEPTED = {
    "KmsKeyArn": words.ENCRYPTION,
    "LoggingConfig": words.LOGS,
    "MetricsConfig": words.METRICS,
    "Tags": words.TAGS,
}
OTHER_SOURCES = (
    "AmazonManagedKafkaEventSourceConfig DocumentDBEventSourceConfig Queues SelfManagedEventSource "
    "SelfManagedKafkaEventSourceConfig SourceAccessConfigurations Topics"
)
WORDS = vocabulary(
    f"{SHARED} {STREAM_ONLY} {QUEUE_ONLY} EventSourceArn FunctionName",
    accepted=ACCEPTED,
    refused=f"ProvisionedPollerConfig {OTHER_SOURCES}",
)
EVENT_WORDS: dict[SourceKind, Vocabulary] = {
    "kinesis": vocabulary(f"Stream {SHARED} {STREAM_ONLY}", accepted=ACCEPTED),
    "dynamodb": vocabulary(f"Stream {SHARED} {STREAM_ONLY}", accepted=ACCEPTED),
    "sqs": vocabulary(
        f"Queue {SHARED} {QUEUE_ONLY}", accepted=ACCEPTED, refused="ProvisionedPollerConfig"
    ),
}
SCALING_WORDS = vocabulary("MaximumConcurrency")

SOURCES: dict[str, tuple[SourceKind, str]] = {
    "AWS::DynamoDB::Table": ("dynamodb", "the stream of a table"),
    "AWS::Kinesis::Stream": ("kinesis", "a stream"),
    "AWS::SQS::Queue": ("sqs", "a queue"),
}
POSITIONS = ("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP")
FIFO_BATCH_MAX = 10
WINDOWLESS_BATCH_MAX = 10
RECORD_AGE_MIN, RECORD_AGE_MAX = 60, 604_800


def identify(declaration: Declaration, _scope: Scope) -> Identification:
    """``Ref`` is the identifier of the mapping; ours is the logical id."""
    logical_id = declaration.logical_id
    return Identification(logical_id, logical_id, {"Id": logical_id})


def build(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Add the mapping."""
    add_mapping(
        block,
        "EventSourceArn",
        scope,
        draft,
        logical_id=declaration.logical_id,
        function_name=function_of(block, "FunctionName", scope),
    )


def add_mapping(  # noqa: PLR0913 - the place in the template, and the two parties
    block: Block,
    setting: str,
    scope: Scope,
    draft: Draft,
    *,
    logical_id: str,
    function_name: str,
    expected: SourceKind | None = None,
) -> None:
    """Add a mapping whose source's ARN stands under *setting*."""
    source, kind = _source(block, setting, scope, expected)
    common: dict[str, Any] = {
        "logical_id": logical_id,
        "function_name": function_name,
        "source_kind": kind,
        "source_name": scope.identify(source.logical_id).name,
        "source_arn": block.required(setting),
        "filters": read_filters(block),
        "report_batch_item_failures": _reports_failures(block),
        "is_enabled": block.boolean("Enabled", default=True),
        "batching_window": block.seconds("MaximumBatchingWindowInSeconds", 0, 300) or Duration(0),
    }
    own = _queue_settings(block, common) if kind == "sqs" else _stream_settings(block, kind, scope)
    mapping = Mapping(**common, **own)
    draft.mappings.append(DraftMapping(mapping, block.owner, block.position(setting)))


def _source(
    block: Block, setting: str, scope: Scope, expected: SourceKind | None
) -> tuple[Declaration, SourceKind]:
    arn = block.required(setting)
    what = "a stream, the stream of a table or a queue"
    if expected is not None:
        what = next(words_ for kind, words_ in SOURCES.values() if kind == expected)
    owner = scope.owner_of(arn)
    if owner is None and not arn.startswith("arn:"):
        problem = f"event source {block.shown(setting)} is no ARN; use Fn::GetAtt of {what}"
        raise block.broken(setting, problem)
    found = SOURCES.get(owner.type_name) if owner else None
    is_table_itself = found is not None and found[0] == "dynamodb" and "/stream/" not in arn
    if owner is None or found is None or is_table_itself or expected not in (None, found[0]):
        problem = f"event source {block.shown(setting)} is not {what} of this template"
        raise block.broken(setting, problem)
    return owner, found[0]


def _reports_failures(block: Block) -> bool:
    kinds = block.texts("FunctionResponseTypes")
    for kind in kinds:
        if kind != "ReportBatchItemFailures":
            raise block.broken(
                "FunctionResponseTypes",
                f"'FunctionResponseTypes' can only hold 'ReportBatchItemFailures', not {kind!r}",
            )
    return bool(kinds)


def _queue_settings(block: Block, common: dict[str, Any]) -> dict[str, Any]:
    for setting in STREAM_ONLY.split():
        if setting in block:
            raise block.broken(setting, f"{setting!r} does not apply to a queue", at_key=True)
    batch_size = block.integer("BatchSize", 1, 10_000) or 10
    window = common["batching_window"]
    if common["source_arn"].endswith(FIFO_SUFFIX):
        if window:
            problem = "Batching window is not supported for FIFO queues"
            raise block.broken("MaximumBatchingWindowInSeconds", problem)
        if batch_size > FIFO_BATCH_MAX:
            problem = f"the batch size of a FIFO queue is at most {FIFO_BATCH_MAX}"
            raise block.broken("BatchSize", problem)
    elif batch_size > WINDOWLESS_BATCH_MAX and not window:
        problem = (  # Lambda's own words
            "Maximum batch window in seconds must be greater than 0 "
            "if maximum batch size is greater than 10"
        )
        raise block.broken("BatchSize", problem)
    scaling = block.block("ScalingConfig", SCALING_WORDS)
    concurrency = scaling.integer("MaximumConcurrency", 2, 1000) if scaling else None
    return {"batch_size": batch_size, "maximum_concurrency": concurrency}


def _stream_settings(block: Block, kind: SourceKind, scope: Scope) -> dict[str, Any]:
    if QUEUE_ONLY in block:
        raise block.broken(QUEUE_ONLY, f"{QUEUE_ONLY!r} applies to a queue only", at_key=True)
    destinations = block.block("DestinationConfig", STREAM_CONFIG_WORDS)
    position, timestamp = _starting_position(block, kind)
    return {
        "batch_size": block.integer("BatchSize", 1, 10_000) or 100,
        "starting_position": position,
        "starting_timestamp": timestamp,
        "maximum_retry_attempts": _unlimited(block.integer("MaximumRetryAttempts", -1, 10_000)),
        "maximum_record_age": _record_age(block),
        "bisect_batch_on_function_error": block.boolean(
            "BisectBatchOnFunctionError", default=False
        ),
        "parallelization_factor": block.integer("ParallelizationFactor", 1, 10) or 1,
        "tumbling_window": block.seconds("TumblingWindowInSeconds", 0, 900) or Duration(0),
        "on_failure": destinations
        and read_destination(destinations, "OnFailure", scope, ("sqs", "s3")),
    }


def _unlimited(count: int | None) -> int | None:
    return None if count == -1 else count


def _record_age(block: Block) -> Duration | None:
    count = block.integer("MaximumRecordAgeInSeconds", -1, RECORD_AGE_MAX)
    if count is None or count == -1:
        return None
    if count < RECORD_AGE_MIN:
        expected = f"-1 or a whole number from {RECORD_AGE_MIN} to {RECORD_AGE_MAX}"
        raise block.wrong("MaximumRecordAgeInSeconds", expected)
    return seconds(count)


def _starting_position(block: Block, kind: SourceKind) -> tuple[str, Instant | None]:
    position = block.choice("StartingPosition", POSITIONS)
    if position is None:
        raise block.missing("StartingPosition")
    stamp = block.scalar("StartingPositionTimestamp")
    if position != "AT_TIMESTAMP":
        if stamp is not None:
            problem = "'StartingPositionTimestamp' needs 'StartingPosition: AT_TIMESTAMP'"
            raise block.broken("StartingPositionTimestamp", problem)
        return position, None
    if kind != "kinesis":
        problem = "'AT_TIMESTAMP' applies to a Kinesis stream only"
        raise block.broken("StartingPosition", problem)
    if stamp is None:
        raise block.missing("StartingPositionTimestamp")
    return position, _timestamp(block, stamp)


def _timestamp(block: Block, stamp: ScalarNode) -> Instant:
    try:
        return Instant(round(float(stamp.text) * 1_000_000))
    except ValueError:
        raise block.wrong("StartingPositionTimestamp", "a number of seconds since 1970") from None


TYPES = (ResourceType("AWS::Lambda::EventSourceMapping", WORDS, identify, build),)
