"""What a poller may do on a bad day: lose its checkpoint, cut a batch, poll at another phase."""

import pytest

from harness.tests.mappings.standins import Bench, Choices

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"


@pytest.mark.aws(
    "Event source mappings process each event at least once, and duplicate processing of "
    "records can occur",
    source=f"{GUIDE}invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_a_lost_checkpoint_delivers_a_batch_once_more() -> None:
    """At least once means that a handler must bear it."""
    bench = Bench(Choices("mapping.duplicate", 1))
    mapping = bench.kinesis()

    bench.put(mapping, "1", "2")
    bench.run()

    assert bench.deliveries == [["1", "2"], ["1", "2"]]


def test_a_batch_may_be_cut_shorter_than_it_could_be() -> None:
    """Where a batch is cut is nothing that a handler can rely on."""
    bench = Bench(Choices("mapping.cut", 1))
    mapping = bench.kinesis()

    bench.put(mapping, "1", "2", "3")
    bench.run()

    assert bench.deliveries == [["1"], ["2"], ["3"]]


def test_the_grid_of_polls_may_begin_at_another_phase() -> None:
    """The polls of a shard are a second apart; when the first one comes is nobody's promise."""
    bench = Bench(Choices("poll.phase", 2))
    mapping = bench.kinesis()

    bench.put(mapping, "1")
    bench.run()

    assert bench.times == [0.25]
