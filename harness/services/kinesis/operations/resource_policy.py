"""Put-, Get- and DeleteResourcePolicy: policies of streams and consumers, kept and deciding nothing.

Nobody is denied anything here: permissions are not modelled.
"""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.consumer import Consumer
from harness.services.kinesis.consumers import consumer_with
from harness.services.kinesis.errors import not_found
from harness.services.kinesis.parameters import require_modelled
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams

_RESOURCE = frozenset({"ResourceARN"})


def put_resource_policy(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Keep a policy."""
    require_modelled("PutResourcePolicy", params, _RESOURCE | {"Policy"})
    _resource(streams, params["ResourceARN"]).policy = params["Policy"]
    return {}


def get_resource_policy(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the policy; an empty one where there is none."""
    require_modelled("GetResourcePolicy", params, _RESOURCE)
    return {"Policy": _resource(streams, params["ResourceARN"]).policy or "{}"}


def delete_resource_policy(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Forget the policy."""
    require_modelled("DeleteResourcePolicy", params, _RESOURCE)
    arn = params["ResourceARN"]
    resource = _resource(streams, arn)
    if resource.policy is None:
        raise not_found(f"No resource policy found for resource ARN {arn}.")
    resource.policy = None
    return {}


def _resource(streams: Streams, arn: str) -> Stream | Consumer:
    found = consumer_with(streams, arn)
    if found is not None:
        return found[1]
    for stream in streams.streams.values():
        if stream.arn == arn:
            return stream
    raise not_found(f"Stream {arn} under account {streams.account_id} not found.")
