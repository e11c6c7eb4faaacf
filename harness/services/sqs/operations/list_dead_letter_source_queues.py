"""ListDeadLetterSourceQueues: the queues that give their messages up to this one."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.pages import page
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues
from harness.services.sqs.redriving import sources

_MODELLED = frozenset({"QueueUrl", "NextToken", "MaxResults"})


def list_dead_letter_source_queues(queues: Queues, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return up to 1,000 URLs, or pages of *MaxResults*; the list is there even when empty."""
    require_modelled("ListDeadLetterSourceQueues", params, _MODELLED)
    names = [queue.name for queue in sources(queues, queues.find(params["QueueUrl"]))]
    shown, token = page(names, params)
    output: Output = {"queueUrls": [queues.url(name) for name in shown]}
    return output if token is None else output | {"NextToken": token}
