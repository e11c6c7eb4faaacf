"""CancelMessageMoveTask: stop a task that is running; here none ever is."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import no_such_resource
from harness.services.sqs.movetask import read_handle
from harness.services.sqs.movetasks import require_source
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"TaskHandle"})


def cancel_message_move_task(queues: Queues, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Refuse: a task "can only be canceled when the current status is RUNNING"."""
    require_modelled("CancelMessageMoveTask", params, _MODELLED)
    _, source_arn = read_handle(params["TaskHandle"])
    require_source(queues, source_arn)
    raise no_such_resource("Task does not exist.")
