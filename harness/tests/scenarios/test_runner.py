"""Scenarios on a small world."""

from pathlib import Path

import pytest

from harness.scenarios.documents.problems import InvalidScenarioError
from harness.scenarios.runner import run_scenario
from harness.tests.scenarios.smallworld import SmallWorld
from harness.tests.scenarios.writing import a_scenario, outcome, runs_of, verdict_on

PUT = (
    "title: An object becomes an item\nwhen:\n  - put_object: {bucket: inbox, key: k1, text: hi}\n"
)


def test_a_scenario_settles_before_its_expectations_are_looked_at(tmp_path: Path) -> None:
    """The item comes ten seconds after the object."""
    result = verdict_on(tmp_path, "  - item: {table: orders, key: {id: k1}, has: {size: 5}}\n")

    assert result.verdict == "passed"
    assert result.duration == 10_000_000


def test_a_scenario_that_does_not_settle_looks_at_once(tmp_path: Path) -> None:
    """What has not happened yet is not there."""
    result = outcome(
        tmp_path,
        PUT + "settle: false\nthen:\n  - item: {table: orders, key: {id: k1}, absent: true}\n",
    )

    assert (result.verdict, result.duration) == ("passed", 0)


def test_steps_wait_for_their_instant_and_the_world_goes_on_meanwhile(tmp_path: Path) -> None:
    """`at` counts from the first step, `after` from the step before."""
    text = (
        PUT
        + "  - delete_item: {table: orders, key: {id: k1}}\n    at: 12s\n"
        + "  - put_item: {table: orders, item: {id: k2}}\n    after: 3s\n"
        + "then:\n  - table: {name: orders, items: [{id: k2}]}\n  - settles_within: 15s\n"
    )

    result = outcome(tmp_path, text)

    assert (result.verdict, result.duration) == ("passed", 15_000_000)


def test_a_step_in_the_past_breaks_the_scenario_at_its_line(tmp_path: Path) -> None:
    """It could only be done at another time than the author wants."""
    text = PUT + "  - advance: 1m\n  - advance: 1s\n    at: 30s\nthen: []\n"

    result = outcome(tmp_path, text)

    assert result.verdict == "broken"
    assert ":5:5: the step 'advance' comes too late: 1m have passed already" in result.problem


def test_each_case_is_a_run_of_its_own_with_its_own_variables(tmp_path: Path) -> None:
    """One file says it once for all of them."""
    text = (
        "title: An object becomes an item\n"
        "variables: {key: k1}\n"
        "cases: {short: {text: yo, n: 2}, long: {text: hello, n: 6}}\n"
        'when:\n  - put_object: {bucket: inbox, key: "${key}", text: "${text}"}\n'
        'then:\n  - item: {table: orders, key: {id: "${key}"}, has: {size: "${n}"}}\n'
    )
    scenario = a_scenario(tmp_path, text)

    assert [(run.result.name, run.result.verdict) for run in runs_of(scenario)] == [
        ("An object becomes an item[short]", "passed"),
        ("An object becomes an item[long]", "failed"),
    ]


def test_cases_may_differ_in_their_steps_and_expectations(tmp_path: Path) -> None:
    """A variable that stands alone in a list of steps puts its own steps there."""
    text = (
        "title: An object becomes an item\n"
        "variables:\n"
        "  pause: [{advance: 1m}]\n"
        "  none: {table: {name: orders, count: 0}}\n"
        "cases:\n"
        "  nothing: {steps: [], found: '${none}'}\n"
        "  two:\n"
        "    steps:\n"
        "      - put_object: {bucket: inbox, key: k1, text: hi}\n"
        "      - ${pause}\n"
        "      - put_object: {bucket: inbox, key: k2, text: ho}\n"
        "    found: [{table: {name: orders, count: 2}}, {settles_within: 80s}]\n"
        "when:\n  - ${steps}\n"
        "then:\n  - ${found}\n  - invariants\n"
    )
    runs = runs_of(a_scenario(tmp_path, text))

    assert [(run.result.verdict, run.result.duration) for run in runs] == [
        ("passed", 0),
        ("passed", 70_000_000),
    ]


def test_a_mistake_in_a_variables_steps_is_told_where_they_are_written(tmp_path: Path) -> None:
    """The line that mentions the variable has nothing wrong with it."""
    text = (
        "title: An object becomes an item\n"
        "cases:\n  one:\n    steps:\n      - put_objekt: {bucket: inbox}\n"
        "when:\n  - ${steps}\nthen: []\n"
    )

    with pytest.raises(InvalidScenarioError, match=r":5:9: unknown step 'put_objekt'; did you"):
        a_scenario(tmp_path, text)


def test_a_variable_may_stand_for_a_matcher(tmp_path: Path) -> None:
    """Written as it is, it is the matcher; in quotes it is text."""
    text = (
        "title: An object becomes an item\n"
        "cases:\n"
        "  any: {what: $any}\n  at least: {what: {$at_least: 2}}\n  text: {what: '$any'}\n"
        "when:\n  - put_object: {bucket: inbox, key: k1, text: hi}\n"
        'then:\n  - item: {table: orders, key: {id: k1}, has: {size: "${what}"}}\n'
    )
    verdicts = [run.result.verdict for run in runs_of(a_scenario(tmp_path, text))]

    assert verdicts == ["passed", "passed", "failed"]


def test_a_captured_text_is_never_a_matcher(tmp_path: Path) -> None:
    """What a run says is data, whatever it looks like."""
    text = (
        "title: An answer is used again\n"
        "when:\n  - invoke: {function: ingest, event: {word: '$any'}, as: first}\n"
        "then:\n"
        "  - answer: {of: first, has: {payload: {word: {$capture: word}}}}\n"
        '  - answer: {of: first, has: {outcome: "${word}"}}\n'
    )

    assert outcome(tmp_path, text).verdict == "failed"


def test_what_a_step_keeps_is_a_variable_of_later_steps_and_expectations(tmp_path: Path) -> None:
    """An answer of one call is the input of the next."""
    text = (
        "title: An answer is used again\n"
        "when:\n"
        "  - invoke: {function: ingest, event: {id: k9}, as: first}\n"
        '  - invoke: {function: ingest, event: {seen: "${first}"}, as: second}\n'
        "then:\n"
        "  - answer:\n      of: second\n"
        "      is: {outcome: returned, payload: {seen: {$capture: again}}}\n"
        '  - answer: {of: first, is: "${again}"}\n'
    )

    result = outcome(tmp_path, text)

    assert (result.verdict, result.problem, result.failures) == ("passed", "", ())


def test_included_parts_come_first_and_lend_their_variables(tmp_path: Path) -> None:
    """The including file has the last word."""
    (tmp_path / "_part.yaml").write_text(
        "variables: {key: k1, text: part}\n"
        "given: {partners: {chat: {posts: [{text: before}]}}}\n"
        'when:\n  - put_object: {bucket: inbox, key: "${key}", text: "${text}"}\n'
    )
    text = (
        "title: An included object becomes an item\ninclude: [_part.yaml]\n"
        "variables: {text: own}\n"
        "then:\n  - item: {table: orders, key: {id: k1}, has: {text: own}}\n"
        "  - partner: {name: chat, shows: {posts: [{text: before}, $any]}}\n"
    )

    assert outcome(tmp_path, text).verdict == "passed"


def test_a_failure_says_what_where_when_and_how_to_see_it_again(tmp_path: Path) -> None:
    """Everything that a reader needs, in one value."""
    result = verdict_on(
        tmp_path, "  - item: {table: orders, key: {id: k1}, is: {text: hello, size: 6}}\n"
    )
    (failure,) = result.failures

    assert failure.problem == "item orders {id: k1}: not as expected"
    assert [str(each) for each in failure.differences] == ["size: expected 6, was 5"]
    assert (failure.location.line, failure.location.column) == (5, 66)
    assert failure.excerpt.first_line == 5
    assert failure.instant == 10_000_000
    assert [entry.kind for entry in failure.entries] == ["item"]
    assert failure.reproduce == f"harness run {tmp_path}/x.yaml --seed 0"


def test_what_the_engine_does_not_model_ends_the_run_as_unsupported(tmp_path: Path) -> None:
    """It is neither a pass nor a failure of the code under test."""
    when = "  - update_item: {table: orders, key: {id: k}, set: {a: 1}}\n"

    result = verdict_on(tmp_path, "  - invariants: all\n", when)

    assert result.verdict == "unsupported"
    assert ":4:5: dynamodb.UpdateItem is not modelled" in result.problem


def test_what_aws_refuses_breaks_the_scenario_with_its_own_words(tmp_path: Path) -> None:
    """A step of the scenario is the author's, not the code's under test."""
    when = "  - put_object: {bucket: inbox, key: forbidden, text: x}\n"

    result = verdict_on(tmp_path, "  - invariants: all\n", when)

    assert result.verdict == "broken"
    assert ":4:5: AWS refuses it: AccessDenied: Access Denied" in result.problem


def test_every_unknown_name_in_the_expectations_is_told(tmp_path: Path) -> None:
    """The run goes on behind the first."""
    result = verdict_on(
        tmp_path,
        "  - table: {name: ordres, count: 1}\n"
        "  - invocations: {function: ingets, count: 1}\n"
        "  - partner: {name: chat, shows: {posts: []}}\n",
    )

    assert result.verdict == "broken"
    assert "unknown table 'ordres'; did you mean 'orders'?" in result.problem
    assert "unknown function 'ingets'; did you mean 'ingest'?" in result.problem
    assert len(result.failures) == 1


def test_a_world_that_never_rests_fails_with_the_timers_that_are_due(tmp_path: Path) -> None:
    """It is the code under test that goes on."""
    result = outcome(tmp_path, PUT + "settle: 1s\nthen: []\n")

    assert result.verdict == "failed"
    assert result.failures[0].problem == "the world is not at rest; still due: arrival"


def test_eventually_holds_as_soon_as_it_has_held_once(tmp_path: Path) -> None:
    """It is looked at after every event, until the deadline."""
    inner = "item: {table: orders, key: {id: k1}, has: {size: 5}}"

    assert verdict_on(tmp_path, f"  - eventually: {{{inner}, within: 10s}}\n").verdict == "passed"
    late = verdict_on(tmp_path, f"  - eventually: {{{inner}, within: 9s}}\n")
    assert (late.verdict, late.failures[0].instant) == ("failed", 9_000_000)


def test_the_seed_of_the_caller_goes_before_the_seed_of_the_file(tmp_path: Path) -> None:
    """And without either it is 0."""
    scenario = a_scenario(tmp_path, PUT + "seed: 7\nthen: []\n")
    (case,) = scenario.cases
    seen: list[int] = []

    def factory(path: Path, seed: int) -> SmallWorld:
        seen.append(seed)
        return SmallWorld(path, seed)

    run_scenario(scenario, case, world_factory=factory)
    run_scenario(scenario, case, seed=3, world_factory=factory)

    assert seen == [7, 3]


def test_equal_runs_have_equal_results_and_the_path_is_not_in_the_digest(tmp_path: Path) -> None:
    """A digest can be compared between machines."""
    text = PUT + "then:\n  - table: {name: orders, count: 2}\n"
    (tmp_path / "other").mkdir()

    first, second = outcome(tmp_path, text), outcome(tmp_path, text)
    elsewhere = outcome(tmp_path / "other", text)

    assert first == second
    assert first.digest == elsewhere.digest


def test_invariants_are_checked_without_being_asked_for(tmp_path: Path) -> None:
    """They can be switched off by name, with a reason."""

    def a_world(path: Path, seed: int) -> SmallWorld:
        world = SmallWorld(path, seed)
        world.configuration.invariants = (broken_promise,)
        return world

    name = __name__.rpartition(".")[2]
    silent = a_scenario(tmp_path, PUT + "then: []\n")
    result = run_scenario(silent, silent.cases[0], world_factory=a_world)
    assert [failure.problem for failure in result.failures] == [
        f"the invariant {name}: expected to hold, was two of three are there"
    ]

    excused = a_scenario(tmp_path, PUT + f"then:\n  - invariants: {{except: {{{name}: here}}}}\n")
    assert run_scenario(excused, excused.cases[0], world_factory=a_world).verdict == "passed"


def broken_promise(view: object) -> list[str]:  # noqa: ARG001 - the shape of an invariant
    return ["two of three are there"]
