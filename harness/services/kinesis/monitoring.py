"""Shard-level metrics: which of them are switched on."""

from collections.abc import Iterable

from harness.services.kinesis.errors import invalid

METRICS = (
    "IncomingBytes",
    "OutgoingRecords",
    "IteratorAgeMilliseconds",
    "IncomingRecords",
    "ReadProvisionedThroughputExceeded",
    "WriteProvisionedThroughputExceeded",
    "OutgoingBytes",
)
_ALL = "ALL"


def chosen(names: Iterable[str]) -> tuple[str, ...]:
    """Return the metrics that *names* mean; raise AWS's error for one that does not exist."""
    wanted = list(names)
    for index, name in enumerate(wanted):
        if name != _ALL and name not in METRICS:
            raise invalid(
                name,
                f"shardLevelMetrics.{index + 1}.member",
                f"satisfy enum value set: [{', '.join((*METRICS, _ALL))}]",
            )
    return METRICS if _ALL in wanted else tuple(name for name in METRICS if name in wanted)
