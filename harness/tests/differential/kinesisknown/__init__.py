"""Where moto's Kinesis is known to differ, subject by subject."""

from harness.tests.differential.kinesisknown import (
    consumers,
    iterators,
    settings,
    shards,
    streams,
)
from harness.tests.differential.known import Known

KNOWN: tuple[Known, ...] = (
    *streams.KNOWN,
    *settings.KNOWN,
    *consumers.KNOWN,
    *shards.KNOWN,
    *iterators.KNOWN,
)
