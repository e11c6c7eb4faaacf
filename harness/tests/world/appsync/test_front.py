"""The AppSync front finds the API that is asked."""

from pathlib import Path

import pytest

from harness.errors import ScenarioError
from harness.runtime.outcome import Outcome
from harness.world.appsync.front import AppSync
from harness.world.topology import GraphqlApi, Resolver, Topology


def an_api(logical_id: str) -> GraphqlApi:
    resolver = Resolver("Query", "who", logical_id)
    return GraphqlApi(logical_id, logical_id.lower(), "type Query { who: String }", (resolver,))


def a_front(*logical_ids: str) -> AppSync:
    apis = tuple(an_api(logical_id) for logical_id in logical_ids)
    topology = Topology(path=Path("template.yaml"), apis=apis)
    return AppSync(topology, lambda name, _event: Outcome("returned", "r", name, 0))


def test_the_only_api_needs_no_name() -> None:
    """Most templates have one."""
    assert a_front("Alpha").query("{ who }") == {"data": {"who": "Alpha"}}


def test_an_api_is_found_by_logical_id_and_by_name() -> None:
    """Either word is right."""
    front = a_front("Alpha", "Beta")

    assert front.query("{ who }", api="Beta") == {"data": {"who": "Beta"}}
    assert front.query("{ who }", api="alpha") == {"data": {"who": "Alpha"}}


@pytest.mark.parametrize(
    ("api", "message"),
    [
        (None, r"a query must name its API; the template declares: 'Alpha', 'Beta'"),
        ("Gamma", r"there is no API 'Gamma'; the template declares: 'Alpha', 'Beta'"),
    ],
)
def test_a_query_to_no_api_is_an_error(api: str | None, message: str) -> None:
    """The message lists what there is."""
    with pytest.raises(ScenarioError, match=rf"^template\.yaml:1:1: {message}$"):
        a_front("Alpha", "Beta").query("{ who }", api=api)
