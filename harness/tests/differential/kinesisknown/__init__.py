"""Where moto's Kinesis is known to differ, subject by subject."""

from harness.tests.differential.kinesisknown import (
    consumers,
    iterators,
    records,
    resharding,
    settings,
    shards,
    streams,
)
from harness.tests.differential.known import Known

KNOWN: tuple[Known, ...] = (
    *streams.KNOWN,
    *records.KNOWN,
    *resharding.KNOWN,
    *settings.KNOWN,
    *consumers.KNOWN,
    *shards.KNOWN,
    *iterators.KNOWN,
)
