"""Percentiles of durations that weigh differently."""

from harness.kernel.instant import Duration, seconds
from harness.replay.spread import Durations, Spread


def test_percentiles_go_by_weight_and_not_by_number() -> None:
    """One slow batch of a hundred records outweighs ten quick ones of one."""
    durations = Durations()
    for _ in range(10):
        durations.add(seconds(1), 1)
    durations.add(seconds(9), 100)

    assert durations.spread() == Spread(110, seconds(9), seconds(9), seconds(9))


def test_the_ninety_ninth_percentile_may_lie_below_the_greatest() -> None:
    """By the weight that is reached."""
    durations = Durations()
    durations.add(seconds(1), 99)
    durations.add(Duration(5), 900)
    durations.add(seconds(2), 1)

    assert durations.spread() == Spread(1000, Duration(5), seconds(1), seconds(2))


def test_nothing_has_no_spread() -> None:
    """None rather than zero."""
    assert Durations().spread() is None
