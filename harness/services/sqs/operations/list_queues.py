"""ListQueues: the URLs of the queues, in the order of their names."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import invalid_value
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueNamePrefix", "MaxResults", "NextToken"})
_RESULTS_MAX = 1_000


def list_queues(queues: Queues, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return up to 1,000 URLs, or pages of *MaxResults*; the token is the last name."""
    require_modelled("ListQueues", params, _MODELLED)
    limit = params.get("MaxResults", _RESULTS_MAX)
    if not 1 <= limit <= _RESULTS_MAX:
        raise invalid_value(limit, "MaxResults", f"Must be between 1 and {_RESULTS_MAX}.")
    prefix, after = params.get("QueueNamePrefix", ""), params.get("NextToken", "")
    names = sorted(name for name in queues.queues if name.startswith(prefix) and name > after)
    page = names[:limit]
    output: Output = {"QueueUrls": [queues.url(name) for name in page]} if page else {}
    if len(names) > limit and "MaxResults" in params:
        output["NextToken"] = page[-1]
    return output
