"""Where moto's SQS is known to differ, subject by subject."""

from harness.tests.differential.known import Known
from harness.tests.differential.sqsknown import (
    batches,
    fifo,
    messages,
    precedence,
    queues,
    receiving,
    redrive,
    settings,
    tags,
)

KNOWN: tuple[Known, ...] = (
    *queues.KNOWN,
    *settings.KNOWN,
    *redrive.KNOWN,
    *tags.KNOWN,
    *messages.KNOWN,
    *batches.KNOWN,
    *fifo.KNOWN,
    *receiving.KNOWN,
    *precedence.KNOWN,
)
