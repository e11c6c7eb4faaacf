"""Known divergences of DynamoDB."""

from harness.tests.differential.known import Known

KNOWN: tuple[Known, ...] = ()
