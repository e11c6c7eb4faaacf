"""Where moto's SQS is known to differ, subject by subject."""

from harness.tests.differential.known import Known
from harness.tests.differential.sqsknown import (
    attributes,
    batches,
    entries,
    fifo,
    messages,
    permissions,
    precedence,
    queues,
    receiving,
    redrive,
    settings,
    sources,
    tags,
)

KNOWN: tuple[Known, ...] = (
    *queues.KNOWN,
    *attributes.KNOWN,
    *settings.KNOWN,
    *redrive.KNOWN,
    *sources.KNOWN,
    *permissions.KNOWN,
    *tags.KNOWN,
    *messages.KNOWN,
    *entries.KNOWN,
    *batches.KNOWN,
    *fifo.KNOWN,
    *receiving.KNOWN,
    *precedence.KNOWN,
)
