"""When a deployed stack has come to rest: its queues are empty, its tables stay as they are."""

from collections.abc import Mapping
from hashlib import blake2b
from time import monotonic, sleep  # noqa: TID251 - the stack lives in real time

from harness.backends.remote.connection import Connection
from harness.deployed.scanning import scan
from harness.deployed.settings import StackError
from harness.world.topology import Topology

_LOOK_SECONDS = 2.0
_COUNTS = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


def wait_for_rest(
    topology: Topology,
    connections: Mapping[str, Connection],
    quiet_seconds: float,
    limit_seconds: float,
) -> None:
    """Return once nothing has changed for *quiet_seconds*; StackError after *limit_seconds*."""
    begun = quiet_since = monotonic()  # the stack lives in real time
    seen = _state(topology, connections)
    while monotonic() - quiet_since < quiet_seconds:
        if monotonic() - begun > limit_seconds:
            raise StackError(f"the stack has not come to rest within {limit_seconds:g} s")
        sleep(min(_LOOK_SECONDS, quiet_seconds))
        state = _state(topology, connections)
        if state != seen or _waiting(topology, connections):
            seen, quiet_since = state, monotonic()


def _waiting(topology: Topology, connections: Mapping[str, Connection]) -> int:
    """Return how many messages wait for a function; dead-letter queues are never emptied."""
    sources = {
        mapping.source_name for mapping in topology.mappings if mapping.source_kind == "sqs"
    }
    declared = {queue.logical_id: queue.name for queue in topology.queues}
    waiting = 0
    for logical_id, name in declared.items():
        if not {logical_id, name} & sources:
            continue
        url = connections["sqs"].call("GetQueueUrl", {"QueueName": name})["QueueUrl"]
        asked = {"QueueUrl": url, "AttributeNames": list(_COUNTS)}
        counts = connections["sqs"].call("GetQueueAttributes", asked)["Attributes"]
        waiting += sum(int(counts.get(name, 0)) for name in _COUNTS)
    return waiting


def _state(topology: Topology, connections: Mapping[str, Connection]) -> str:
    """Return one hash of all tables."""
    state = blake2b(digest_size=16)
    for table in topology.tables:
        items = scan(connections["dynamodb"], table.name)
        for text in sorted(repr(sorted(item.items())) for item in items):
            state.update(text.encode())
    return state.hexdigest()
