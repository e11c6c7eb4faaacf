"""ListQueues: the URLs of the queues, in the order of their names."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.pages import page
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueNamePrefix", "MaxResults", "NextToken"})


def list_queues(queues: Queues, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return up to 1,000 URLs, or pages of *MaxResults*; there is no list when it is empty."""
    require_modelled("ListQueues", params, _MODELLED)
    prefix = params.get("QueueNamePrefix", "")
    names = sorted(name for name in queues.queues if name.startswith(prefix))
    shown, token = page(names, params)
    output: Output = {"QueueUrls": [queues.url(name) for name in shown]} if shown else {}
    return output if token is None else output | {"NextToken": token}
