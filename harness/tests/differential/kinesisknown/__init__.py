"""Where moto's Kinesis is known to differ, subject by subject."""

from harness.tests.differential.kinesisknown import (
    calls,
    consumers,
    iterators,
    reading,
    records,
    resharding,
    settings,
    shards,
    streams,
)
from harness.tests.differential.known import Known

KNOWN: tuple[Known, ...] = (
    *calls.KNOWN,
    *streams.KNOWN,
    *records.KNOWN,
    *resharding.KNOWN,
    *settings.KNOWN,
    *consumers.KNOWN,
    *shards.KNOWN,
    *iterators.KNOWN,
    *reading.KNOWN,
)
