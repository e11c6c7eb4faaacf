"""DynamoDB Streams of the backend, for code that reads a table's stream itself."""

from collections.abc import Mapping

from harness.backends.remote.connection import Connection
from harness.backends.remote.operations import Operation, operations
from harness.services.dynamodb.streams.operations.registry import OPERATIONS as KNOWN


class RemoteStreams:
    """The streams of the backend's account."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation that the engine knows."""
        return _OPERATIONS


_OPERATIONS = operations(KNOWN)
