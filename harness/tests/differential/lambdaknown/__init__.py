"""Where moto's Lambda is known to differ, subject by subject."""

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown import changing, configs, creating

KNOWN: tuple[Known, ...] = (*creating.KNOWN, *changing.KNOWN, *configs.KNOWN)
