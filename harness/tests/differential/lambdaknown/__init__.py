"""Where moto's Lambda is known to differ, subject by subject."""

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown import changing, configs, creating, listing, settings

KNOWN: tuple[Known, ...] = (
    *creating.KNOWN,
    *settings.KNOWN,
    *changing.KNOWN,
    *listing.KNOWN,
    *configs.KNOWN,
)
