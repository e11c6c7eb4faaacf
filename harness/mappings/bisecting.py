"""Splitting a failed batch, to get nearer to the record that fails.

Source: AWS Lambda developer guide, "Using AWS Lambda with Amazon Kinesis" (BisectBatchOnFunctionError).
"""

from harness.mappings.segment import Segment


def halves(segment: Segment) -> tuple[Segment, Segment]:
    """Return both halves of *segment*, the first one to be processed first.

    Splitting uses no retry, so each half starts with the quota that the whole had left.  Which
    half takes the odd record is not documented; here it is the second.
    """
    assert len(segment) > 1, "a single record cannot be split"
    middle = len(segment) // 2
    first, second = segment.part(0, middle), segment.part(middle)
    first.attempts = second.attempts = segment.attempts
    return first, second
