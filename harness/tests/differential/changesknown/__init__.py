"""Where moto's DynamoDB Streams are known to differ, subject by subject."""

from harness.tests.differential.changesknown import iterators, records, streams
from harness.tests.differential.known import Known

KNOWN: tuple[Known, ...] = (*records.KNOWN, *streams.KNOWN, *iterators.KNOWN)
