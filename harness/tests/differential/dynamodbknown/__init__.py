"""Where moto's DynamoDB is known to differ, subject by subject."""

from harness.tests.differential.dynamodbknown import (
    batches,
    comparisons,
    expressions,
    reading,
    returnvalues,
    updates,
    values,
)
from harness.tests.differential.known import Known

KNOWN: tuple[Known, ...] = (
    *expressions.KNOWN,
    *comparisons.KNOWN,
    *values.KNOWN,
    *updates.KNOWN,
    *returnvalues.KNOWN,
    *reading.KNOWN,
    *batches.KNOWN,
)
