"""ListStreamConsumers: the registered consumers of a stream, a page at a time."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.pagetokens import decoded, encoded
from harness.services.kinesis.parameters import require_between, require_modelled
from harness.services.kinesis.streams import Streams

_MODELLED = frozenset({"StreamARN", "NextToken", "MaxResults"})
_LIMIT, _LIMIT_MAX = 100, 10_000


def list_stream_consumers(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Return a page of consumers in the order of their names."""
    require_modelled("ListStreamConsumers", params, _MODELLED)
    limit = params.get("MaxResults", _LIMIT)
    require_between(limit, "maxResults", 1, _LIMIT_MAX)
    limit = min(limit, _LIMIT)
    consumers = streams.find({"StreamARN": params["StreamARN"]}).consumers
    after = ""
    if "NextToken" in params:
        (after,) = decoded(params["NextToken"], now, 1)
    names = sorted(name for name in consumers if name > after)
    output: Output = {"Consumers": [consumers[name].described() for name in names[:limit]]}
    if len(names) > limit:
        output["NextToken"] = encoded([names[limit - 1]], now)
    return output
