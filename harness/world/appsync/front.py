"""The AppSync front of a world: finds the API that is asked and passes the query on.

graphql-core takes half a second to import, so it is loaded with the first query: a scenario
without one never waits for it.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from harness.errors import ScenarioError
from harness.runtime.outcome import Outcome
from harness.world.template.parsing import shown_path
from harness.world.topology import GraphqlApi, Topology

if TYPE_CHECKING:
    from harness.world.appsync.api import Api

Invoke = Callable[[str, Any], Outcome]
"""Function name and event -> how the invocation ended; returns when it has."""


class AppSync:
    """Every GraphQL API of a topology."""

    def __init__(self, topology: Topology, invoke: Invoke) -> None:
        self._topology = topology
        self._invoke = invoke
        self._apis: dict[str, Api] = {}

    def query(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        api: str | None = None,
    ) -> dict[str, Any]:
        """Return the answer; *api* may be left out where the template has one only."""
        found = self._topology.api(api)
        if found is None:
            raise self._no_api(api)
        if found.logical_id not in self._apis:
            self._apis[found.logical_id] = self._opened(found)
        return self._apis[found.logical_id].query(query, variables, headers)

    def _opened(self, found: GraphqlApi) -> "Api":
        from harness.world.appsync.api import Api  # noqa: PLC0415 - see the module's docstring

        return Api(found, self._invoke)

    def _no_api(self, name: str | None) -> ScenarioError:
        known = ", ".join(repr(api.logical_id) for api in self._topology.apis) or "none"
        wanted = "a query must name its API" if name is None else f"there is no API {name!r}"
        return ScenarioError(
            f"{wanted}; the template declares: {known}", path=shown_path(self._topology.path)
        )
