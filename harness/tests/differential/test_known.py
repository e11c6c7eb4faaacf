"""What is known of moto is so, and is what its entry explains."""

import pytest

from harness.tests.differential import (
    changesknown,
    cloudwatchknown,
    dynamodbknown,
    kinesisknown,
    s3known,
    sqsknown,
)
from harness.tests.differential.known import Known
from harness.tests.differential.peers import peers

KNOWN = (
    *changesknown.KNOWN,
    *cloudwatchknown.KNOWN,
    *dynamodbknown.KNOWN,
    *kinesisknown.KNOWN,
    *s3known.KNOWN,
    *sqsknown.KNOWN,
)


@pytest.mark.parametrize("known", [known.parameter for known in KNOWN])
def test_a_known_divergence_is_still_there(known: Known) -> None:
    """Once moto has caught up, it is taken off the list."""
    with peers() as both:
        exchange = known.shown(both)

    assert str(exchange.ours) != str(exchange.theirs)
    assert known.explains(exchange), f"{exchange.ours} and {exchange.theirs}"
