"""One table of the backend, as mappings and views read it."""

from typing import Any

from harness.backends.remote.connection import Connection
from harness.backends.remote.dynamodb.feed import StreamFeed
from harness.services.dynamodb.attributevalues import Item, normal_item
from harness.services.dynamodb.changestream import ChangeStream


class RemoteTable:
    """A table.

    *feed* tells of every change and is there for each table; *stream* is what the table's owner
    asked for, None if nothing.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a table is, made in one place
        self,
        name: str,
        key_names: tuple[str, ...],
        feed: StreamFeed,
        stream: ChangeStream | None,
        event_prefix: str,
        connection: Connection,
    ) -> None:
        self.name = name
        self.key_names = key_names
        self.feed = feed
        self.stream = stream
        self.event_prefix = event_prefix
        """The first half of the event ids of its changes."""
        self.change_count = 0
        self.time_to_live_attribute: str | None = None
        self._connection = connection

    @property
    def items(self) -> dict[str, Item]:
        """Every item of the table as it is now, by its primary key's text."""
        found: dict[str, Item] = {}
        parameters: dict[str, Any] = {"TableName": self.name, "ConsistentRead": True}
        while True:
            answer = self._connection.call("Scan", parameters)
            for item in map(normal_item, answer["Items"]):
                found[repr([item[name] for name in self.key_names])] = item
            if not answer.get("LastEvaluatedKey"):
                return dict(sorted(found.items()))
            parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
