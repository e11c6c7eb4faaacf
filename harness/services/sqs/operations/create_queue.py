"""CreateQueue: a queue, or the URL of the one that is there with the same attributes."""

import re

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs import tagging
from harness.services.sqs.configuration import checked, defaults, settled, spelled
from harness.services.sqs.errors import error, invalid_parameter, prefixed
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queue import Queue
from harness.services.sqs.queues import DELETED_RECENTLY, Queues
from harness.services.sqs.redriving import require_dead_letter_queue

_MODELLED = frozenset({"QueueName", "Attributes", "tags"})
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")
_FIFO_NAME = re.compile(r"[A-Za-z0-9_-]{1,75}\.fifo")


def create_queue(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Create a queue; a FIFO queue needs the attribute and a name that ends in ``.fifo``."""
    require_modelled("CreateQueue", params, _MODELLED)
    name = params["QueueName"]
    given = params.get("Attributes", {})
    is_fifo = spelled("FifoQueue", given.get("FifoQueue", "")) == "true"
    _require_name(name, is_fifo=is_fifo)
    attributes = checked(given, is_fifo=is_fifo)
    arn = queues.surroundings.identity.arn("sqs", name)
    require_dead_letter_queue(queues, given, source_arn=arn, is_fifo=is_fifo)
    tags = params.get("tags", {})
    tagging.require_room(name, tags)
    if name in queues.queues:
        _require_same(queues.queues[name], attributes)
        return {"QueueUrl": queues.url(name)}
    deleted = queues.deleted.get(name)
    if deleted is not None and now - deleted < DELETED_RECENTLY:
        raise prefixed(
            "QueueDeletedRecently",
            "You must wait 60 seconds after deleting a queue before you can create another "
            "with the same name.",
        )
    surroundings = queues.surroundings
    queues.queues[name] = Queue(
        name,
        arn,
        settled(defaults() | _fifo_defaults(is_fifo=is_fifo), attributes),
        created=now,
        changes=surroundings.changes,
        chooser=surroundings.chooser,
        find_queue=queues.find_by_arn,
    )
    queues.queues[name].tags.update(tags)
    return {"QueueUrl": queues.url(name)}


def _require_name(name: str, *, is_fifo: bool) -> None:
    if is_fifo:
        if _FIFO_NAME.fullmatch(name) is None:
            raise invalid_parameter(
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or "
                "underscores, must end with .fifo suffix and be 1 to 80 in length."
            )
    elif _NAME.fullmatch(name) is None:
        raise invalid_parameter(
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
        )


def _fifo_defaults(*, is_fifo: bool) -> dict[str, str]:
    if not is_fifo:
        return {}
    return {
        "ContentBasedDeduplication": "false",
        "DeduplicationScope": "queue",
        "FifoThroughputLimit": "perQueue",
    }


def _require_same(queue: Queue, attributes: dict[str, str]) -> None:
    wanted = settled(queue.attributes, attributes)
    for name in attributes:
        if queue.attributes.get(name) != wanted.get(name):
            raise error(
                "QueueAlreadyExists",
                "A queue already exists with the same name and a different value for "
                f"attribute {name}",
                "QueueNameExists",
            )
