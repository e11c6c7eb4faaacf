"""What a world file's template declares."""

from harness.services.base.identity import Identity
from harness.world.configuration import WorldConfiguration
from harness.world.template.reader import read_topology
from harness.world.topology import Topology


def declared_topology(
    configuration: WorldConfiguration, identity: Identity | None = None
) -> Topology:
    """Return the topology of *configuration* in the account and region of *identity*.

    Raises ScenarioError for what an author can fix, UnsupportedError for what is not modelled.
    """
    return read_topology(
        configuration.template,
        configuration.parameters,
        identity=identity or Identity(),
        start=configuration.start,
        places=configuration.places,
        without=configuration.without,
    )
