"""The total order."""

from workers.domain.precedence import precedence
from workers.tests.fakes.records import a_record

LATER = "2026-01-05T08:00:00.000001Z"


def test_the_later_scoring_wins() -> None:
    """Even against a better rank."""
    assert precedence(a_record(rank=2, scored_at=LATER)) > precedence(a_record(rank=0))


def test_on_a_tie_the_lower_rank_wins() -> None:
    """Ranks compare as numbers."""
    assert precedence(a_record(rank=2)) > precedence(a_record(rank=10))


def test_on_a_second_tie_the_greater_canonical_json_wins() -> None:
    """So two different records are never equal."""
    assert precedence(a_record(score=0.6)) > precedence(a_record(score=0.5))
    assert precedence(a_record(is_verified=True)) != precedence(a_record(is_verified=False))


def test_the_trace_context_takes_no_part() -> None:
    """It is new with each delivery of the same record."""
    assert precedence(a_record(traceparent="00-a-b-01")) == precedence(a_record())
