"""Put-, Get- and DeleteResourcePolicy: the policy of a stream, which is kept and decides nothing.

Nobody is denied anything here: permissions are not modelled.
"""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.errors import not_found
from harness.services.kinesis.parameters import require_modelled
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams

_RESOURCE = frozenset({"ResourceARN"})


def put_resource_policy(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Keep a policy."""
    require_modelled("PutResourcePolicy", params, _RESOURCE | {"Policy"})
    _stream(streams, params["ResourceARN"]).policy = params["Policy"]
    return {}


def get_resource_policy(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the policy; an empty one where there is none."""
    require_modelled("GetResourcePolicy", params, _RESOURCE)
    return {"Policy": _stream(streams, params["ResourceARN"]).policy or "{}"}


def delete_resource_policy(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Forget the policy."""
    require_modelled("DeleteResourcePolicy", params, _RESOURCE)
    arn = params["ResourceARN"]
    stream = _stream(streams, arn)
    if stream.policy is None:
        raise not_found(f"No resource policy found for resource ARN {arn}.")
    stream.policy = None
    return {}


def _stream(streams: Streams, arn: str) -> Stream:
    for stream in streams.streams.values():
        if stream.arn == arn:
            return stream
    raise not_found(f"Stream {arn} under account {streams.account_id} not found.")
