"""ListMessageMoveTasks: the latest tasks of a dead-letter queue, up to ten."""

from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import invalid_value
from harness.services.sqs.movetask import MoveTask
from harness.services.sqs.movetasks import require_source
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"SourceArn", "MaxResults"})
_RESULTS_MAX = 10


def list_message_move_tasks(queues: Queues, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return one task unless *MaxResults* asks for more; the latest comes first."""
    require_modelled("ListMessageMoveTasks", params, _MODELLED)
    source = require_source(queues, params["SourceArn"])
    limit = params.get("MaxResults", 1)
    if not 1 <= limit <= _RESULTS_MAX:
        raise invalid_value(limit, "MaxResults", f"Must be between 1 and {_RESULTS_MAX}.")
    tasks = queues.move_tasks.get(source.arn, [])
    return {"Results": [_shown(task) for task in tasks[:limit]]}


def _shown(task: MoveTask) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "Status": "COMPLETED" if task.failure is None else "FAILED",
        "SourceArn": task.source_arn,
        "ApproximateNumberOfMessagesMoved": task.moved,
        "ApproximateNumberOfMessagesToMove": task.found,
        "StartedTimestamp": task.started // 1000,
    }
    optional = {"DestinationArn": task.destination_arn, "FailureReason": task.failure}
    return shown | {name: value for name, value in optional.items() if value is not None}
