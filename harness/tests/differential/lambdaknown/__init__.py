"""Where moto's Lambda is known to differ, subject by subject."""

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown import changing, creating

KNOWN: tuple[Known, ...] = (*creating.KNOWN, *changing.KNOWN)
