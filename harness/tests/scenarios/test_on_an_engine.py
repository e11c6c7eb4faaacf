"""Steps and expectations on the real engine, with another team's template and handlers.

One scenario a subject, so that the words of the language and those of the engine cannot drift apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from harness.results.scenario import ScenarioResult
from harness.scenarios.loader import load
from harness.scenarios.runner import run_scenario
from harness.scenarios.worldprotocol import WorldFactory
from harness.scenarios.worlds import open_world

WORLD = Path(__file__).parents[1] / "foreign" / "world.yaml"
ORDER = "  - send_message: {queue: IncomingQueue, body: {orderId: o-1, articles: [cup, plate]}}\n"


def run(folder: Path, text: str, world_factory: WorldFactory = open_world) -> ScenarioResult:
    path = folder / "x.yaml"
    path.write_text(f"title: An order is shipped\nworld: {WORLD}\n{text}")
    scenario = load(path)
    return run_scenario(scenario, scenario.cases[0], world_factory=world_factory)


CASES = {
    "an order becomes an item and a label": (
        f"when:\n{ORDER}"
        "then:\n"
        "  - item: {table: Orders, key: {orderId: o-1}, is: {state: accepted, articles: [cup, plate]}}\n"
        '  - object: {bucket: LabelsBucket, key: labels/o-1.txt, text: "courier: order o-1, 2 articles\\n"}\n'
        "  - object: {bucket: LabelsBucket, key: labels/o-2.txt, absent: true}\n"
        "  - invocations: {function: AcceptOrder, count: 1, outcomes: {returned: 1}}\n"
        "  - result: {function: AcceptOrder, is: {batchItemFailures: []}}\n"
        "  - result: {function: AcceptOrder, all: [{batchItemFailures: []}]}\n"
        "  - queue: {name: IncomingQueue, count: 0, in_flight: 0}\n"
        "  - journal: {kind: item, details: {change: INSERT}, count: 1}\n"
        "  - never: {kind: message_moved}\n"
        "  - log: {absent: not-a-real-token}\n"
        "  - settles_within: 1m\n"
    ),
    "a poisoned message ends in the dead-letter queue": (
        "when:\n  - send_message: {queue: IncomingQueue, body: poison, attributes: {from: test}}\n"
        "then:\n"
        "  - queue:\n      name: DeadOrders\n"
        "      messages: [{body: poison, attributes: {from: test}, receive_count: 0}]\n"
        "  - table: {name: orders-dev, items: []}\n"
        "  - journal: {kind: message_moved, subject: {$contains: incoming}, count: 1}\n"
    ),
    "a throttled write is made at a later attempt": (
        "given:\n  faults:\n"
        "    - {fault: error, at: dynamodb.PutItem, resource: Orders, function: AcceptOrder,"
        " code: ValidationException}\n"
        f"when:\n{ORDER}"
        "then:\n"
        "  - journal: {kind: fault, subject: dynamodb.PutItem orders-dev, count: 1}\n"
        "  - invocations: {function: AcceptOrder, outcomes: {failed: 1, returned: 1}}\n"
        "  - table: {name: Orders, count: 1}\n"
    ),
    "what is given does not count as what happens": (
        "given:\n"
        "  items: {Orders: [{orderId: o-9, articles: [pan], state: accepted, tags: {$set: [a, b]}}]}\n"
        "  settings: {ShipOrder: {Environment: {CARRIER: horse}}}\n"
        "then:\n"
        "  - object: {bucket: LabelsBucket, key: labels/o-9.txt, text: {$regex: ^horse}}\n"
        "  - invocations: {function: ShipOrder, count: 0}\n"
        "  - item: {table: Orders, key: {orderId: o-9}, has: {tags: {$set: [b, a]}}}\n"
    ),
    "items are written, changed and deleted from outside": (
        "when:\n"
        "  - put_item: {table: Orders, item: {orderId: o-1, articles: [], n: 0.5}}\n"
        "  - update_item: {table: Orders, key: {orderId: o-1}, set: {n: 1.5, size: big}, remove: [articles]}\n"
        "    after: 1s\n"
        "  - put_item: {table: Orders, item: {orderId: o-2, articles: []}}\n"
        "  - delete_item: {table: Orders, key: {orderId: o-2}}\n"
        "then:\n"
        "  - table: {name: Orders, items: [{orderId: o-1, n: 1.5, size: big}]}\n"
    ),
    "a function is invoked and deployed anew": (
        "when:\n"
        "  - invoke: {function: AcceptOrder, event: {Records: []}, as: answer}\n"
        "  - deploy: {resource: AcceptOrderIncoming, settings: {BatchSize: 1}}\n"
        f"{ORDER}{ORDER}"
        "  - clear_faults\n"
        "then:\n"
        "  - answer: {of: answer, is: {outcome: returned, payload: {batchItemFailures: []}}}\n"
        "  - invocations: {function: AcceptOrder, count: 3}\n"
    ),
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_the_language_speaks_with_the_engine(tmp_path: Path, text: str) -> None:
    """Every word does what the vocabulary says of it."""
    result = run(tmp_path, text)

    assert (result.problem, [failure.problem for failure in result.failures]) == ("", [])
    assert result.verdict == "passed"


def test_a_setting_that_cannot_be_deployed_breaks_the_scenario_at_its_line(tmp_path: Path) -> None:
    """The engine knows which settings there are."""
    text = "when:\n  - deploy: {resource: AcceptOrder, settings: {Timeot: 3}}\nthen: []\n"

    result = run(tmp_path, text)

    assert result.verdict == "broken"
    assert (
        ":4:48: cannot deploy 'AcceptOrder': AcceptOrder has no setting 'Timeot'" in result.problem
    )
    assert "did you mean 'Timeout'?" in result.problem


@pytest.mark.parametrize(
    ("given", "expected"), [("", False), ("given: {shard_limits: true}\n", True)]
)
def test_shards_have_limits_where_they_are_asked_for(
    tmp_path: Path,
    given: str,
    expected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """A calm world has the capacity that it needs."""
    seen = []

    @contextmanager
    def watched(world_file: Path, seed: int) -> Iterator[Any]:
        with open_world(world_file, seed) as world:
            yield world
            seen.append(world.kinesis.has_shard_limits)

    run(tmp_path, f"{given}then: []\n", watched)

    assert seen == [expected]


def test_the_same_seed_gives_the_same_digest_and_another_seed_another(tmp_path: Path) -> None:
    """Identifiers are drawn from the seed."""
    text = f"when:\n{ORDER}then: []\n"

    first, second = run(tmp_path, text), run(tmp_path, text)
    other = run(tmp_path, f"seed: 1\n{text}")

    assert first == second
    assert first.digest != other.digest
