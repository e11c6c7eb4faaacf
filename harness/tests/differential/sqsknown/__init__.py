"""Where moto's SQS is known to differ, subject by subject."""

from harness.tests.differential.known import Known
from harness.tests.differential.sqsknown import fifo, messages, precedence, queues, receiving

KNOWN: tuple[Known, ...] = (
    *queues.KNOWN,
    *messages.KNOWN,
    *fifo.KNOWN,
    *receiving.KNOWN,
    *precedence.KNOWN,
)
