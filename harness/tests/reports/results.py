"""A result of each kind, for the reports."""

from harness.kernel.instant import Duration, Instant
from harness.kernel.journal import Entry
from harness.results.failure import Difference, Excerpt, Failure
from harness.results.location import Location
from harness.results.scenario import ScenarioResult

AGAIN = "harness run x.yaml --seed 0"

FAILURE = Failure(
    problem="item orders {id: k1}: not as expected",
    location=Location("x.yaml", 5, 14),
    excerpt=Excerpt(4, ("then:", "  - item: {has: {n: 6}}  # [bold]")),
    differences=(
        Difference("n", "6", "5"),
        Difference("tags[0]", "nothing", "a"),
    ),
    expected="{n: 6}",
    seen="{n: 5, tags: [a]}",
    instant=Instant(10_000_000),
    reproduce=AGAIN,
    entries=(
        Entry(3, Instant(9_500_000), "item", "ingest", "orders k1", 2, {"change": "INSERT"}),
    ),
)

PASSED = ScenarioResult("x.yaml", "All is well", None, ("smoke",), 0, "passed", reproduce=AGAIN)
FAILED = ScenarioResult(
    "x.yaml",
    "All is <well>",
    "often",
    (),
    7,
    "failed",
    failures=(FAILURE,),
    digest="d1",
    duration=Duration(1_500_000),
    entries=4,
    reproduce=AGAIN,
)
BROKEN = ScenarioResult(
    "x.yaml",
    "All is broken",
    None,
    (),
    0,
    "broken",
    problem="x.yaml:3:5: unknown table 'ordres'\n  3 | ...\n    | ^",
    reproduce=AGAIN,
)
UNSUPPORTED = ScenarioResult(
    "x.yaml",
    "All is new",
    None,
    (),
    0,
    "unsupported",
    problem="x.yaml:3:5: sqs.AddPermission is not modelled",
    reproduce=AGAIN,
)
ALL = (PASSED, FAILED, BROKEN, UNSUPPORTED)
