"""The small rules of mappings: back-off, lanes, record age, halves, cuts, checkpoints."""

import pytest

from harness.kernel.instant import Duration, Instant, seconds
from harness.mappings.backoff import BackOff
from harness.mappings.batching import cut_options, fitting_count, is_due
from harness.mappings.bisecting import halves
from harness.mappings.checkpoint import checkpoint_position
from harness.mappings.lanes import lane_index
from harness.mappings.queuecreation import effective_visibility_timeout
from harness.mappings.recordage import expired_count
from harness.mappings.scaling import CONCURRENCY_MAX, Scaling
from harness.mappings.segment import Segment


def test_waits_double_up_to_the_longest() -> None:
    """1, 2, 4 ... 32, 60, 60 seconds."""
    waits = [BackOff().wait(count) // 1_000_000 for count in range(1, 10)]

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert BackOff().wait(10_000) == seconds(60)


def test_equal_keys_share_a_lane_in_every_run() -> None:
    """The lane does not depend on the process's own hash."""
    assert lane_index("member-1", 10) == lane_index("member-1", 10)
    assert [lane_index(f"member-{number}", 4) for number in range(6)] == [0, 2, 0, 2, 1, 3]


@pytest.mark.parametrize(("age", "count"), [(60_000_000 - 1, 0), (60_000_000, 0), (60_000_001, 1)])
def test_a_record_expires_one_microsecond_after_its_maximum_age(age: int, count: int) -> None:
    """One before, at, and after."""
    expired = expired_count(
        [0], lambda record: record, now=Instant(age), maximum_record_age=seconds(60)
    )

    assert expired == count


def test_no_record_expires_without_a_maximum_age() -> None:
    """AWS's -1."""
    assert expired_count([0], lambda r: r, now=Instant(10**15), maximum_record_age=None) == 0


def test_halves_keep_the_quota_that_is_left() -> None:
    """The second half takes the odd record."""
    segment = Segment(list("abcde"), list(range(5)))
    segment.attempts = 2

    first, second = halves(segment)

    assert (first.records, second.records) == (list("ab"), list("cde"))
    assert (first.attempts, second.attempts) == (2, 2)


def test_the_checkpoint_is_that_of_the_slowest_lane() -> None:
    """Or what has been read, when no lane has anything left."""
    assert checkpoint_position(10, [None, 7, 4]) == 4
    assert checkpoint_position(10, [None, None]) == 10


def test_the_first_way_to_cut_a_batch_is_not_to_cut_it() -> None:
    """Choice 0 is production's ordinary behaviour."""
    assert cut_options(1) == (1,)
    assert cut_options(2) == (2, 1)
    assert cut_options(10) == (10, 1, 5, 9)


@pytest.mark.parametrize(("limit", "count"), [(40, 1), (41, 2), (42, 2)])
def test_an_event_is_filled_up_to_its_last_byte(limit: int, count: int) -> None:
    """One byte under, at, and over what two records take."""
    records = [{"a": "x" * 5}, {"a": "x" * 5}]

    assert len('{"Records":[{"a":"xxxxx"},{"a":"xxxxx"}]}') == 41
    assert fitting_count(records, size_bound=lambda: limit + 1, limit=limit) == count


def test_a_record_that_fits_no_event_still_goes_alone() -> None:
    """Else it would block its shard for good."""
    assert fitting_count([{"a": "x" * 99}], size_bound=lambda: 99, limit=10) == 1


@pytest.mark.parametrize(("now", "expected"), [(4_999_999, False), (5_000_000, True)])
def test_a_batch_is_due_when_its_window_is_over(now: int, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """One microsecond before, and at the end."""
    assert expected is is_due(
        count=1,
        batch_size=10,
        event_bytes=0,
        opened=Instant(0),
        batching_window=seconds(5),
        now=Instant(now),
    )


def test_concurrency_grows_falls_and_rests() -> None:
    """Five to begin with, five more a second, half after a failure, never past the cap."""
    scaling = Scaling(None)
    assert scaling.limit == 5
    scaling.grow()
    assert scaling.limit == 10
    scaling.slow_down()
    assert scaling.limit == 5
    for _ in range(1_000):
        scaling.grow()
    assert scaling.limit == CONCURRENCY_MAX
    assert not scaling.can_grow
    for _ in range(20):
        scaling.slow_down()
    assert scaling.limit == 1
    scaling.rest()
    assert scaling.limit == 5
    assert Scaling(2).limit == 2


def test_received_messages_hide_longer_only_where_a_window_would_outlast_the_queue() -> None:
    """Window + timeout against the queue's own timeout, at the boundary and over it."""

    def hidden(window: Duration) -> Duration:
        return effective_visibility_timeout(
            visibility_timeout=seconds(30), batching_window=window, function_timeout=seconds(3)
        )

    assert hidden(seconds(0)) == seconds(30)
    assert hidden(seconds(27)) == seconds(30)
    assert hidden(seconds(28)) == seconds(61)
