"""``AWS::SQS::Queue``."""

import json
from typing import Any

from harness.world.template.block import Block, vocabulary
from harness.world.template.draft import Draft
from harness.world.template.resources import words
from harness.world.template.resources.resourcetype import ResourceType, physical_name
from harness.world.template.scope import Declaration, Identification, Scope
from harness.world.topology import Resource

WORDS = vocabulary(
    "ContentBasedDeduplication DeduplicationScope DelaySeconds FifoQueue FifoThroughputLimit "
    "MaximumMessageSize MessageRetentionPeriod QueueName ReceiveMessageWaitTimeSeconds "
    "RedrivePolicy VisibilityTimeout",
    accepted={
        "KmsDataKeyReusePeriodSeconds": words.ENCRYPTION,
        "KmsMasterKeyId": words.ENCRYPTION,
        "RedriveAllowPolicy": words.PERMISSIONS,
        "SqsManagedSseEnabled": words.ENCRYPTION,
        "Tags": words.TAGS,
    },
)
REDRIVE_WORDS = vocabulary("deadLetterTargetArn maxReceiveCount")
NUMBERS = {  # the ranges of the SQS API reference, "SetQueueAttributes"
    "DelaySeconds": (0, 900),
    "MaximumMessageSize": (1_024, 1_048_576),
    "MessageRetentionPeriod": (60, 1_209_600),
    "ReceiveMessageWaitTimeSeconds": (0, 20),
    "VisibilityTimeout": (0, 43_200),
}
CHOICES = {
    "DeduplicationScope": ("messageGroup", "queue"),
    "FifoThroughputLimit": ("perQueue", "perMessageGroupId"),
}
FIFO_ONLY = ("ContentBasedDeduplication", *CHOICES)
FIFO_SUFFIX = ".fifo"


def identify(declaration: Declaration, scope: Scope) -> Identification:
    """``Ref`` is the URL."""
    name = physical_name(declaration, scope, "QueueName")
    if "QueueName" not in declaration.properties.members and _is_fifo(declaration, scope):
        name += FIFO_SUFFIX
    identity = scope.identity
    url = f"https://sqs.{identity.region}.amazonaws.com/{identity.account_id}/{name}"
    arn = identity.arn("sqs", name)
    return Identification(name, url, {"Arn": arn, "QueueName": name, "QueueUrl": url})


def _is_fifo(declaration: Declaration, scope: Scope) -> bool:
    written = declaration.properties.members.get("FifoQueue")
    node = None if written is None else scope.resolve(written)
    return getattr(node, "text", "") == "true"


def build(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Add the queue."""
    identification = scope.identify(declaration.logical_id)
    name = identification.name
    attributes = _numbers(block)
    is_fifo = block.boolean("FifoQueue", default=False)
    if is_fifo != name.endswith(FIFO_SUFFIX):
        raise block.broken(
            "QueueName", f"queue name {name!r} must end in '.fifo' exactly if 'FifoQueue' is true"
        )
    attributes.update(_fifo(block, is_fifo=is_fifo))
    redrive = block.block("RedrivePolicy", REDRIVE_WORDS)
    if redrive is not None:
        attributes["RedrivePolicy"] = json.dumps(_redrive(redrive, scope, is_fifo=is_fifo))
    create: dict[str, Any] = {"QueueName": name}
    if attributes:
        create["Attributes"] = attributes
    arn = identification.attributes["Arn"]
    draft.queues.append(Resource(declaration.logical_id, name, create, arn=arn))


def _numbers(block: Block) -> dict[str, str]:
    found = {name: block.integer(name, low, high) for name, (low, high) in NUMBERS.items()}
    return {name: str(number) for name, number in found.items() if number is not None}


def _fifo(block: Block, *, is_fifo: bool) -> dict[str, str]:
    for setting in FIFO_ONLY:
        if setting in block and not is_fifo:
            raise block.broken(setting, f"{setting!r} is for FIFO queues only", at_key=True)
    attributes = {"FifoQueue": "true"} if is_fifo else {}
    if block.boolean("ContentBasedDeduplication", default=False):
        attributes["ContentBasedDeduplication"] = "true"
    for setting, choices in CHOICES.items():
        choice = block.choice(setting, choices)
        if choice is not None:
            attributes[setting] = choice
    return attributes


def _redrive(redrive: Block, scope: Scope, *, is_fifo: bool) -> dict[str, str | int]:
    target = redrive.required("deadLetterTargetArn")
    count = redrive.integer("maxReceiveCount", 1, 1000)
    if count is None:
        raise redrive.missing("maxReceiveCount")
    owner = scope.owner_of(target)
    if owner is None or owner.type_name != "AWS::SQS::Queue":
        problem = f"dead-letter queue {redrive.shown('deadLetterTargetArn')} is no queue of this template"
        raise redrive.broken("deadLetterTargetArn", problem)
    if target.endswith(FIFO_SUFFIX) != is_fifo:
        raise redrive.broken(
            "deadLetterTargetArn",
            "the dead-letter queue of a FIFO queue must be FIFO, that of a standard queue standard",
        )
    return {"deadLetterTargetArn": target, "maxReceiveCount": count}


TYPES = (ResourceType("AWS::SQS::Queue", WORDS, identify, build),)
