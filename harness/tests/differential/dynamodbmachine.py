"""DynamoDB against moto: items, expressions, conditions, queries, indexes, transactions, batches."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.tests.differential.dynamodbcalls import (
    ACTIONS,
    ALL_KEYS,
    INDEX_CONDITIONS,
    KEY_CONDITIONS,
    MISTAKEN_CONDITIONS,
    MISTAKEN_KEY_CONDITIONS,
    MISTAKEN_PROJECTIONS,
    MISTAKEN_UPDATES,
    PROJECTIONS,
    TABLE,
    bound,
    conditions,
    items,
    keys,
    updates,
)
from harness.tests.differential.dynamodbknown import KNOWN
from harness.tests.differential.dynamodbknown.updates import only_takes_away
from harness.tests.differential.dynamodbpages import (
    check_order,
    gathered,
    in_one_order,
    segments,
)
from harness.tests.differential.known import Known
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Exchange

RETURNED = st.sampled_from(["NONE", "NONE", "ALL_OLD", "ALL_OLD", "ALL_NEW"])
ON_FAILURE = st.sampled_from([None, None, "ALL_OLD", "NONE"])
SELECTED = st.sampled_from([None, None, "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"])


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

    @rule(item=items, condition=st.none() | conditions, returned=RETURNED, on_failure=ON_FAILURE)
    def put(
        self, item: dict[str, Any], condition: str | None, returned: str, on_failure: str | None
    ) -> None:
        """Put an item."""
        self.ask(
            "PutItem",
            Item=item,
            ConditionExpression=condition,
            ReturnValues=returned,
            ReturnValuesOnConditionCheckFailure=on_failure,
            **bound(condition),
        )

    @rule(key=keys, condition=st.none() | conditions, returned=RETURNED, on_failure=ON_FAILURE)
    def delete(
        self, key: dict[str, Any], condition: str | None, returned: str, on_failure: str | None
    ) -> None:
        """Delete an item."""
        self.ask(
            "DeleteItem",
            Key=key,
            ConditionExpression=condition,
            ReturnValues=returned,
            ReturnValuesOnConditionCheckFailure=on_failure,
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
        elif only_takes_away(update):
            self._take_back(key)
        self.ask("GetItem", Key=key)

    def _take_back(self, *written: dict[str, Any]) -> None:
        """Delete what moto alone has made of nothing; one divergence tells of it."""
        for key in written:
            both = self.peers.call("dynamodb", "GetItem", TableName="items", Key=key)
            if "Item" not in both.ours.output and both.theirs.output.get("Item") == key:
                self.peers.theirs("dynamodb", "DeleteItem", TableName="items", Key=key)

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
        data=st.data(),
        index=st.sampled_from(sorted(INDEX_CONDITIONS)),
        filtered=st.none() | conditions,
        projection=st.none() | st.none() | st.sampled_from(PROJECTIONS),
        selected=SELECTED,
        is_forward=st.booleans(),
        limit=st.none() | st.integers(1, 3),
    )
    def query_index(  # noqa: PLR0913, PLR0917 - a query's parameters
        self,
        data: st.DataObject,
        index: str,
        filtered: str | None,
        projection: str | None,
        selected: str | None,
        is_forward: bool,  # noqa: FBT001 - drawn
        limit: int | None,
    ) -> None:
        """Query an index: at once, or all of its pages."""
        condition = data.draw(st.sampled_from(INDEX_CONDITIONS[index]))
        given = {
            "IndexName": index,
            "KeyConditionExpression": condition,
            "ScanIndexForward": is_forward,
            **_given(FilterExpression=filtered, ProjectionExpression=projection),
            **bound(condition, filtered, projection),
        }
        if limit is not None:
            self._gather("Query", Limit=limit, **given)
        else:
            self.ask("Query", Select=selected, **given)

    def _gather(self, operation: str, **parameters: Any) -> None:
        self.difference(gathered(self.peers, operation, TableName="items", **parameters))

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
        index=st.sampled_from([None, None, "byVerdict", "byScore", "byData"]),
        selected=SELECTED,
    )
    def scan(
        self,
        filtered: str | None,
        projection: str | None,
        index: str | None,
        selected: str | None,
    ) -> None:
        """Scan the table or an index; the order is nobody's business."""
        self.ask(
            "Scan",
            FilterExpression=filtered,
            ProjectionExpression=projection,
            IndexName=index,
            Select=selected,
            **bound(filtered, projection),
        )

    @rule(
        filtered=st.none() | conditions,
        index=st.sampled_from([None, "byVerdict", "byScore", "byData"]),
        limit=st.none() | st.integers(1, 4),
        count=st.integers(1, 4),
    )
    def scan_in_parts(
        self, filtered: str | None, index: str | None, limit: int | None, count: int
    ) -> None:
        """Scan in pages or segments or both: together they hold everything once."""
        given = _given(FilterExpression=filtered, IndexName=index, Limit=limit)
        given |= bound(filtered)
        self.difference(segments(self.peers, count, TableName="items", **given))

    @rule(
        puts=st.lists(items, max_size=3),
        deletes=st.lists(keys, max_size=2),
    )
    def batch_write(self, puts: list[dict[str, Any]], deletes: list[dict[str, Any]]) -> None:
        """Put and delete several items, none of them twice."""
        requests = [{"PutRequest": {"Item": item}} for item in puts]
        requests += [{"DeleteRequest": {"Key": key}} for key in deletes]
        if requests:
            self.both("dynamodb", "BatchWriteItem", RequestItems={"items": requests})

    @rule(
        chosen=st.lists(keys, min_size=1, max_size=4),
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
        actions = data.draw(st.lists(ACTIONS, min_size=1, max_size=3))
        self.both("dynamodb", "TransactWriteItems", TransactItems=actions)
        updates = [action["Update"] for action in actions if "Update" in action]
        self._take_back(
            *(update["Key"] for update in updates if only_takes_away(update["UpdateExpression"]))
        )
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
        is_of_an_index = exchange.operation == "Query" and "IndexName" in exchange.parameters
        if is_of_an_index:
            check_order(exchange)
        if exchange.operation not in {"Scan", "BatchGetItem"} and not is_of_an_index:
            return exchange
        for answer in (exchange.ours, exchange.theirs):
            answer.output.get("Items", []).sort(key=in_one_order)
            for found in answer.output.get("Responses", {}).values():
                found.sort(key=in_one_order)
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


def _given(**parameters: Any) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value is not None}
