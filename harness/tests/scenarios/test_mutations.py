"""Whatever stands in a scenario by mistake, it runs or is broken at a place; the harness never breaks down."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.scenarios.suite import Selection, run_file
from harness.tests.scenarios.test_on_an_engine import CASES, WORLD

ODDITIES: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, float("nan"), "", "x", "$any", "${x}", "-5m", "1h", "9" * 5_000,
    [], [[]], [None], {}, {"a": 1}, {"$any": 1}, {"$regex": "("}, {"$set": [1, "a"]}, {1: 2},
    {"$approx": "x"}, {"$contains": []}, {"$capture": 1}, {"$one_of": []}, {"$nothing": 2},
]  # fmt: skip
"""What nobody means to write in most places."""

Path_ = tuple[Any, ...]


def places(node: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield the way to every node below *node*."""
    if not isinstance(node, dict | list):
        return
    for key, member in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, key)
        yield from places(member, (*path, key))


def at(tree: Any, path: Path_) -> Any:
    for key in path:
        tree = tree[key]
    return tree


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """Draw a sound scenario in which a node or two are replaced, moved, misspelt or left out."""
    tree = yaml.safe_load(draw(st.sampled_from(list(CASES.values()))))
    for _ in range(draw(st.integers(1, 2))):
        *above, key = draw(st.sampled_from(list(places(tree))))
        parent = at(tree, tuple(above))
        match draw(st.sampled_from(["replace", "copy", "misspell", "leave out"])):
            case "replace":
                parent[key] = copy.deepcopy(draw(st.sampled_from(ODDITIES)))
            case "copy":
                parent[key] = copy.deepcopy(at(tree, draw(st.sampled_from(list(places(tree))))))
            case "misspell" if isinstance(parent, dict):
                parent[f"{key}x"] = parent.pop(key)
            case _:
                del parent[key]
        if not list(places(tree)):
            break
    return yaml.safe_dump(tree, allow_unicode=True)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=mutants())
def test_a_mutated_scenario_runs_or_is_broken_at_a_place(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    """And the place is one of this file."""
    path: Path = tmp_path_factory.getbasetemp() / "mutated.yaml"
    path.write_text(f"title: An order is shipped\nworld: {WORLD}\n{body}")

    for result in run_file(path, Selection()).results:
        assert "the harness failed" not in result.problem
        if result.verdict in ("broken", "unsupported"):
            assert re.match(r"[^\n]*mutated\.yaml:\d+:\d+: ", result.problem)
        else:
            assert not result.problem
