"""The journal remembers causes, and its digest notices everything."""

from harness.kernel.digest import digest
from harness.kernel.instant import Instant
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler


def a_journal(detail: str = "x") -> Journal:
    scheduler = Scheduler(Instant(0))
    journal = Journal(scheduler)
    first = journal.record("object", actor="outside", subject="bucket/key")
    scheduler.run_until(Instant(5))
    journal.record("invocation", actor="s3", subject="Worker", cause=first, detail=detail)
    return journal


def test_a_chain_leads_from_an_entry_back_to_its_first_cause() -> None:
    """Lineage is a walk along causes."""
    assert [entry.kind for entry in a_journal().chain(1)] == ["object", "invocation"]


def test_equal_runs_have_equal_digests_and_any_difference_shows() -> None:
    """The digest stands for the whole journal."""
    assert digest(a_journal()) == digest(a_journal())
    assert digest(a_journal()) != digest(a_journal("y"))
