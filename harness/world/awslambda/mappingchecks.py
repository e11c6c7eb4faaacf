"""What is checked of a whole mapping before it is created or changed."""

from harness.mappings.mapping import Mapping
from harness.mappings.queuecreation import check_queue_mapping, check_queue_settings
from harness.runtime.destinations import check_destination
from harness.runtime.function import DestinationConfiguration, Function
from harness.world.awslambda.errors import conflict, invalid_value
from harness.world.awslambda.mappingrecords import MappingRecord
from harness.world.awslambda.sources import Sources


def check_mapping(mapping: Mapping, function: Function, sources: Sources) -> None:
    """Raise what AWS, or else this engine, refuses of *mapping*."""
    if mapping.on_failure is not None:
        _require_recipient(mapping.on_failure)
        check_destination(mapping.on_failure, mapping.logical_id)
    if mapping.source_kind != "sqs":
        return
    is_fifo = mapping.source_name.endswith(".fifo")
    queue = sources.sqs.queues.get(mapping.source_name)
    if queue is None:
        # A mapping outlives its queue, and may be changed still.
        check_queue_settings(mapping, is_fifo=is_fifo)
    else:
        check_queue_mapping(
            mapping,
            is_fifo=is_fifo,
            visibility_timeout=queue.visibility_timeout,
            function_timeout=function.timeout,
        )


def _require_recipient(destination: DestinationConfiguration) -> None:
    """Raise an error as AWS's for a function, which takes no records of failed batches."""
    if destination.kind == "lambda":
        raise invalid_value(
            "The provided destination config DestinationConfig(onSuccess=null, "
            f"onFailure=OnFailure(destination={destination.arn})) is invalid."
        )


def check_duplicate(
    mapping: Mapping, known: list[MappingRecord], *, itself: MappingRecord | None = None
) -> None:
    """Raise AWS's error when the function reads the source already, by another mapping."""
    for record in known:
        other = record.mapping
        if record is itself:
            continue
        if (other.source_arn, other.function_name) != (mapping.source_arn, mapping.function_name):
            continue
        advice = f"Please update or delete the existing mapping with UUID {record.uuid}"
        parties = f'arn (" {other.source_arn} ") and function (" {other.function_name} ")'
        if mapping.source_kind == "sqs":
            raise conflict(f"An event source mapping with SQS {parties} already exists. {advice}")
        raise conflict(f"The event source {parties} provided mapping already exists. {advice}")
