"""Pages of queues by name; the token is the last name of a page."""

from collections.abc import Sequence

from harness.services.base.service import Parameters
from harness.services.sqs.errors import invalid_value

_RESULTS_MAX = 1_000


def page(names: Sequence[str], params: Parameters) -> tuple[list[str], str | None]:
    """Return those of the sorted *names* that *params* ask for, and the token to go on with.

    Without *MaxResults* there are up to 1,000 and never a token (SQS API reference,
    "ListQueues").
    """
    limit = params.get("MaxResults", _RESULTS_MAX)
    if not 1 <= limit <= _RESULTS_MAX:
        raise invalid_value(limit, "MaxResults", f"Must be between 1 and {_RESULTS_MAX}.")
    after = params.get("NextToken", "")
    following = [name for name in names if name > after]
    shown = following[:limit]
    goes_on = len(following) > limit and "MaxResults" in params
    return shown, shown[-1] if goes_on else None
