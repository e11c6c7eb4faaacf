"""DynamoDB against moto: items, expressions, conditions, queries, indexes, transactions, batches."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.tests.differential.dynamodbcalls import (
    ACTIONS,
    ALL_KEYS,
    KEY_CONDITIONS,
    MISTAKEN_CONDITIONS,
    MISTAKEN_KEY_CONDITIONS,
    MISTAKEN_PROJECTIONS,
    MISTAKEN_UPDATES,
    PROJECTIONS,
    TABLE,
    bound,
    concerned,
    conditions,
    items,
    keys,
    repr_key,
    updates,
)
from harness.tests.differential.dynamodbknown import KNOWN
from harness.tests.differential.known import Known
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Exchange


def repr_sorted(item: dict[str, Any]) -> str:
    return repr(sorted((name, repr(value)) for name, value in item.items()))


RETURNED = st.sampled_from(["NONE", "ALL_OLD"])


class ItemsMachine(PeersMachine):
    """Writes and reads the items of one table."""

    known = KNOWN
    ignored = frozenset({"ConsumedCapacity", "ItemCollectionMetrics"})

    @initialize()
    def make_the_table(self) -> None:
        """Make it."""
        self.peers.ours("dynamodb", "CreateTable", **TABLE)
        self.peers.theirs("dynamodb", "CreateTable", **TABLE)

    def ask(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call for the table, leaving out what is None."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return self.both("dynamodb", operation, TableName="items", **given)

    @rule(item=items, condition=st.none() | conditions, returned=RETURNED)
    def put(self, item: dict[str, Any], condition: str | None, returned: str) -> None:
        """Put an item."""
        self.ask(
            "PutItem",
            Item=item,
            ConditionExpression=condition,
            ReturnValues=returned,
            **bound(condition),
        )

    @rule(key=keys, condition=st.none() | conditions, returned=RETURNED)
    def delete(self, key: dict[str, Any], condition: str | None, returned: str) -> None:
        """Delete an item."""
        self.ask(
            "DeleteItem",
            Key=key,
            ConditionExpression=condition,
            ReturnValues=returned,
            **bound(condition),
        )

    @rule(
        key=keys,
        update=updates(),
        condition=st.none() | conditions,
        returned=st.sampled_from(["NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"]),
    )
    def update(
        self, key: dict[str, Any], update: str, condition: str | None, returned: str
    ) -> None:
        """Update an item."""
        before = self.peers.ours("dynamodb", "GetItem", TableName="items", Key=key).output
        exchange = self.ask(
            "UpdateItem",
            Key=key,
            UpdateExpression=update,
            ConditionExpression=condition,
            ReturnValues=returned,
            **bound(update, condition),
        )
        if not (exchange.ours.is_ok or exchange.theirs.is_ok):
            # Moto keeps what a refused update had done: `test_a_refused_update_is_kept_by_moto`.
            # It is given what we have, so that we have kept nothing must be seen before.
            after = self.peers.ours("dynamodb", "GetItem", TableName="items", Key=key).output
            assert after.get("Item") == before.get("Item"), "a refused update changed the item"
            self.resync()
        self.ask("GetItem", Key=key)

    @rule(key=keys, projection=st.none() | st.sampled_from(PROJECTIONS))
    def get(self, key: dict[str, Any], projection: str | None) -> None:
        """Get an item."""
        self.ask("GetItem", Key=key, ProjectionExpression=projection, **bound(projection))

    @rule(
        condition=st.sampled_from(KEY_CONDITIONS),
        filtered=st.none() | conditions,
        projection=st.none() | st.sampled_from(PROJECTIONS),
        is_forward=st.booleans(),
        limit=st.none() | st.integers(1, 3),
    )
    def query(
        self,
        condition: str,
        filtered: str | None,
        projection: str | None,
        is_forward: bool,  # noqa: FBT001 - drawn
        limit: int | None,
    ) -> None:
        """Query the table, page by page."""
        self._pages(
            "Query",
            KeyConditionExpression=condition,
            FilterExpression=filtered,
            ProjectionExpression=projection,
            ScanIndexForward=is_forward,
            Limit=limit,
            **bound(condition, filtered, projection),
        )

    @rule(
        condition=st.sampled_from(
            [
                "verdict = :v",
                "verdict = :v AND score > :one",
                "verdict = :v AND score BETWEEN :one AND :n",
            ]
        ),
        filtered=st.none() | conditions,
        is_forward=st.booleans(),
    )
    def query_index(self, condition: str, filtered: str | None, is_forward: bool) -> None:  # noqa: FBT001 - drawn
        """Query the global index."""
        given = bound(condition, filtered)
        given["ExpressionAttributeValues"] = given.get("ExpressionAttributeValues", {}) | {
            ":v": {"S": "yes"}
        }
        self.ask(
            "Query",
            IndexName="byVerdict",
            KeyConditionExpression=condition,
            FilterExpression=filtered,
            ScanIndexForward=is_forward,
            **given,
        )

    @rule(
        condition=st.sampled_from(["pk = :p", "pk = :p AND score >= :one"]),
        is_forward=st.booleans(),
        limit=st.none() | st.integers(1, 3),
    )
    def query_local_index(self, condition: str, is_forward: bool, limit: int | None) -> None:  # noqa: FBT001 - drawn
        """Query the local index."""
        self._pages(
            "Query",
            IndexName="byScore",
            KeyConditionExpression=condition,
            ScanIndexForward=is_forward,
            Limit=limit,
            **bound(condition),
        )

    def _pages(self, operation: str, **parameters: Any) -> None:
        exchange = self.ask(operation, **parameters)
        for _ in range(8):
            start = exchange.ours.output.get("LastEvaluatedKey")
            if start is None or not exchange.theirs.is_ok:
                return
            exchange = self.ask(operation, **parameters, ExclusiveStartKey=start)

    @rule(
        filtered=st.none() | conditions,
        projection=st.none() | st.sampled_from(PROJECTIONS),
        index=st.sampled_from([None, "byVerdict", "byScore"]),
    )
    def scan(self, filtered: str | None, projection: str | None, index: str | None) -> None:
        """Scan the table or an index; the order is nobody's business."""
        self.ask(
            "Scan",
            FilterExpression=filtered,
            ProjectionExpression=projection,
            IndexName=index,
            **bound(filtered, projection),
        )

    @rule(
        puts=st.lists(items, max_size=3, unique_by=repr_key),
        deletes=st.lists(keys, max_size=2, unique_by=repr),
    )
    def batch_write(self, puts: list[dict[str, Any]], deletes: list[dict[str, Any]]) -> None:
        """Put and delete several items."""
        requests = [{"PutRequest": {"Item": item}} for item in puts]
        written = [{name: item[name] for name in ("pk", "sk")} for item in puts]
        requests += [{"DeleteRequest": {"Key": key}} for key in deletes if key not in written]
        if requests:
            self.both("dynamodb", "BatchWriteItem", RequestItems={"items": requests})

    @rule(
        chosen=st.lists(keys, min_size=1, max_size=4, unique_by=repr),
        projection=st.none() | st.sampled_from(PROJECTIONS),
    )
    def batch_get(self, chosen: list[dict[str, Any]], projection: str | None) -> None:
        """Get several items."""
        request: dict[str, Any] = {"Keys": chosen}
        if projection is not None:
            request |= {"ProjectionExpression": projection} | bound(projection)
        self.both("dynamodb", "BatchGetItem", RequestItems={"items": request})

    @rule(chosen=st.lists(keys, min_size=1, max_size=3, unique_by=repr))
    def transact_get(self, chosen: list[dict[str, Any]]) -> None:
        """Get several items at one instant."""
        self.both(
            "dynamodb",
            "TransactGetItems",
            TransactItems=[{"Get": {"TableName": "items", "Key": key}} for key in chosen],
        )

    @rule(data=st.data())
    def transact_write(self, data: st.DataObject) -> None:
        """Write several items or none."""
        actions = data.draw(st.lists(ACTIONS, min_size=1, max_size=3, unique_by=concerned))
        self.both("dynamodb", "TransactWriteItems", TransactItems=actions)
        for key in ALL_KEYS:
            self.ask("GetItem", Key=key)

    @rule(mistake=st.sampled_from(MISTAKEN_UPDATES), key=keys)
    def update_wrongly(self, mistake: str, key: dict[str, Any]) -> None:
        """Update with one mistake."""
        self.ask("UpdateItem", Key=key, UpdateExpression=mistake, **bound(mistake))
        self.ask("GetItem", Key=key)

    @rule(
        mistake=st.sampled_from(MISTAKEN_CONDITIONS),
        key=keys,
        operation=st.sampled_from(["PutItem", "DeleteItem", "UpdateItem", "Scan", "Query"]),
    )
    def ask_wrongly(self, mistake: str, key: dict[str, Any], operation: str) -> None:
        """Set a condition, or filter, with one mistake."""
        given = bound(mistake)
        if operation == "Scan":
            self.ask("Scan", FilterExpression=mistake, **given)
        elif operation == "Query":
            self.ask(
                "Query",
                KeyConditionExpression="pk = :p",
                FilterExpression=mistake,
                **bound("pk = :p", mistake),
            )
        else:
            self.ask(
                operation,
                **{"Item" if operation == "PutItem" else "Key": key},
                ConditionExpression=mistake,
                **given,
            )

    @rule(mistake=st.sampled_from(MISTAKEN_KEY_CONDITIONS))
    def query_wrongly(self, mistake: str) -> None:
        """Query with one mistake."""
        self.ask("Query", KeyConditionExpression=mistake, **bound(mistake))

    @rule(
        mistake=st.sampled_from(MISTAKEN_PROJECTIONS),
        key=keys,
        operation=st.sampled_from(["GetItem", "Scan", "Query"]),
    )
    def project_wrongly(self, mistake: str, key: dict[str, Any], operation: str) -> None:
        """Project with one mistake."""
        if operation == "GetItem":
            self.ask("GetItem", Key=key, ProjectionExpression=mistake, **bound(mistake))
        elif operation == "Scan":
            self.ask("Scan", ProjectionExpression=mistake, **bound(mistake))
        else:
            self.ask(
                "Query",
                KeyConditionExpression="pk = :p",
                ProjectionExpression=mistake,
                **bound("pk = :p", mistake),
            )

    @rule(
        key=keys,
        name=st.sampled_from(["#unused", ":unused"]),
        operation=st.sampled_from(["UpdateItem", "DeleteItem"]),
    )
    def leave_a_placeholder_unused(self, key: dict[str, Any], name: str, operation: str) -> None:
        """Define one placeholder too many."""
        given: dict[str, Any] = {"ConditionExpression": "attribute_exists(pk)"}
        if name[0] == "#":
            given["ExpressionAttributeNames"] = {name: "a"}
        else:
            given["ExpressionAttributeValues"] = {name: {"S": "a"}}
        self.ask(operation, Key=key, **given)

    @rule(
        key=st.sampled_from(
            [
                {},
                {"pk": {"S": "p"}},
                {"pk": {"N": "1"}, "sk": {"S": "a"}},
                {"pk": {"S": ""}, "sk": {"S": "a"}},
                {"pk": {"S": "p"}, "sk": {"S": "a"}, "n": {"N": "1"}},
            ]
        ),
        operation=st.sampled_from(["GetItem", "DeleteItem", "UpdateItem", "PutItem"]),
    )
    def name_no_item(self, key: dict[str, Any], operation: str) -> None:
        """Give a key that is none."""
        self.ask(operation, **{"Item" if operation == "PutItem" else "Key": key})

    def normal(self, exchange: Exchange) -> Exchange:
        """Put items in one order where AWS promises none."""
        if exchange.operation not in {"Scan", "BatchGetItem"}:
            return exchange
        for answer in (exchange.ours, exchange.theirs):
            answer.output.get("Items", []).sort(key=repr_sorted)
            for found in answer.output.get("Responses", {}).values():
                found.sort(key=repr_sorted)
        return exchange

    def difference(self, exchange: Exchange) -> Known | None:
        """Look at what is stored, too: a read may show what an earlier call has left."""
        known = super().difference(exchange)
        if known is not None:
            self.resync()
        return known

    def resync(self) -> None:
        """Give moto the items that the engine has."""
        ours = self.peers.ours("dynamodb", "Scan", TableName="items").output["Items"]
        theirs = self.peers.theirs("dynamodb", "Scan", TableName="items").output["Items"]
        for item in theirs:
            self.peers.theirs(
                "dynamodb",
                "DeleteItem",
                TableName="items",
                Key={name: item[name] for name in ("pk", "sk")},
            )
        for item in ours:
            self.peers.theirs("dynamodb", "PutItem", TableName="items", Item=item)
