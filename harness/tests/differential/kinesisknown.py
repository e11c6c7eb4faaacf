"""Where moto's Kinesis is known to differ."""

from harness.tests.differential.known import Known

KNOWN: tuple[Known, ...] = ()
