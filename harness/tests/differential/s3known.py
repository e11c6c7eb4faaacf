"""Where moto's S3 is known to differ."""

from harness.tests.differential.known import Known

KNOWN: tuple[Known, ...] = ()
