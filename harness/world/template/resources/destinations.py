"""Where failed events and batches go: the ARN of a resource of this template."""

from collections.abc import Sequence
from typing import Literal

from harness.runtime.function import DestinationConfiguration
from harness.world.template.block import Block, vocabulary
from harness.world.template.problems import REMEDY
from harness.world.template.resources.sqs import FIFO_SUFFIX
from harness.world.template.scope import Scope

Kind = Literal["sqs", "s3", "lambda", "sns"]

CONFIG_WORDS = vocabulary("OnFailure OnSuccess")
STREAM_CONFIG_WORDS = vocabulary("OnFailure")
TARGET_WORDS = vocabulary("Destination Type")

SAM_KINDS = ("EventBridge", "Lambda", "S3Bucket", "SNS", "SQS")
SAM_MADE = ("SNS", "SQS")
KINDS: dict[str, Kind] = {"s3": "s3", "sqs": "sqs", "lambda": "lambda"}
NAMES = {"s3": "bucket", "sqs": "queue", "lambda": "function"}


def read_destination(
    block: Block, setting: str, scope: Scope, kinds: Sequence[Kind]
) -> DestinationConfiguration | None:
    """Return what ``{setting: {Destination: arn}}`` names, if it is there."""
    target = block.block(setting, TARGET_WORDS)
    if target is not None and "Destination" not in target and "Type" in target:
        kind = target.choice("Type", SAM_KINDS)
        if kind in SAM_MADE:
            problem = f"{kind} without a 'Destination', which SAM would make, is not modelled"
            raise target.unsupported("Type", f"{problem}; name one of the template's own")
    return None if target is None else read_target(target, "Destination", scope, kinds)


def read_target(
    target: Block, setting: str, scope: Scope, kinds: Sequence[Kind]
) -> DestinationConfiguration:
    """Return the destination whose ARN is *setting*; it must be of one of *kinds*."""
    arn = target.required(setting)
    service = arn.removeprefix("arn:aws:").partition(":")[0] if arn.startswith("arn:") else ""
    if service in ("sns", "events"):
        raise target.unsupported(
            setting, f"a destination in {service!r} is not modelled; {REMEDY}"
        )
    expected = " or a ".join(NAMES[kind] for kind in kinds)
    owner = scope.owner_of(arn)
    if service not in KINDS or owner is None:
        problem = f"destination {target.shown(setting)} is no {expected} of this template"
        raise target.broken(setting, problem)
    kind = KINDS[service]
    if kind not in kinds:
        raise target.broken(
            setting, f"a {NAMES[kind]} cannot be the destination: use a {expected}"
        )
    if arn.endswith(FIFO_SUFFIX):
        raise target.broken(setting, "a FIFO queue cannot be a destination")
    return DestinationConfiguration(arn, kind)
