"""BatchGetItem."""

from collections.abc import Iterator, Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import Item, copied_item, normal_item
from harness.services.dynamodb.capacity import Consumption, is_wanted, outputs, read_units
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters, validation
from harness.services.dynamodb.expressions.compiled import Compiled
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.legacy.parameters import read_request
from harness.services.dynamodb.members import check_several
from harness.services.dynamodb.requestmaps import read_faults
from harness.services.dynamodb.storeditems import item_of
from harness.services.dynamodb.table import Table

_KNOWN = frozenset({"RequestItems", "ReturnConsumedCapacity"})
_KNOWN_OF_TABLE = frozenset(
    {
        "AttributesToGet",
        "Keys",
        "ConsistentRead",
        "ProjectionExpression",
        "ExpressionAttributeNames",
    }
)
_EXPRESSIONS = ("ProjectionExpression",)
_KEYS_MAX = 100
_AT_LEAST_ONE = "greater than or equal to 1"
_ANSWER_SIZE_MAX = 16 * 1024 * 1024
_Request = Mapping[str, Any]


class _Share:
    """What a call asks of one table."""

    def __init__(self, request: _Request) -> None:
        refuse_parameters("BatchGetItem", request, _KNOWN_OF_TABLE)
        self.request = request
        self.keys = [normal_item(key) for key in request["Keys"]]
        self.compiled: Compiled = read_request(request, _EXPRESSIONS)[0]
        self.is_strong = bool(request.get("ConsistentRead"))

    def primary_keys(self, table: Table) -> list[PrimaryKey]:
        """Return the primary keys; raise where one does not fit *table* or is there twice."""
        primary_keys = [table.keys.key_of(key) for key in self.keys]
        if len(set(primary_keys)) != len(primary_keys):
            raise validation("Provided list of item keys contains duplicates")
        return primary_keys


def batch_get_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Return the items of up to 100 keys; what does not fit in 16 MB stays unprocessed."""
    refuse_parameters("BatchGetItem", parameters, _KNOWN)
    requests = parameters["RequestItems"]
    check_several(parameters, read_faults(requests, database.tables))
    _check_counts(requests)
    shares = {name: _Share(request) for name, request in requests.items()}
    _refuse_mixture(requests)
    places = []
    for name, share in shares.items():
        table = database.table(name)
        places.append((name, share, table, share.primary_keys(table)))
        if share.compiled.nested_roots:
            table.check_paths(share.compiled.nested_roots)
    output: Output = {"Responses": {}, "UnprocessedKeys": {}}
    consumptions = []
    throttled: ServiceError | None = None
    room = _ANSWER_SIZE_MAX
    for name, share, table, primary_keys in places:
        reading = _Reading(database, table, share.is_strong, room)
        items = list(reading.items(primary_keys, now))
        room = reading.room
        project = share.compiled.projection
        present = [item for item in items if item is not None]
        output["Responses"][name] = present if project is None else list(map(project, present))
        rest = share.keys[len(items) :]
        if rest:
            keys = [copied_item(key) for key in rest]
            output["UnprocessedKeys"][name] = {**share.request, "Keys": keys}
        throttled = throttled or reading.throttled
        if items:
            consumptions.append(reading.consumption)
    if throttled is not None and not consumptions:
        raise throttled
    if is_wanted(parameters):
        output["ConsumedCapacity"] = outputs(consumptions, parameters["ReturnConsumedCapacity"])
    return output


class _Reading:
    """Reads one table until the answer is full or the table's throughput is used up."""

    def __init__(self, database: Database, table: Table, is_strong: bool, room: int) -> None:  # noqa: FBT001 - of one table
        self._throttle = database.throttle
        self._table = table
        self._is_strong = is_strong
        self.room = room
        """The bytes that are left of the answer."""
        self.consumption = Consumption(table)
        self.throttled: ServiceError | None = None

    def items(self, primary_keys: list[PrimaryKey], now: Instant) -> Iterator[Item | None]:
        """Return the items, one for each key."""
        for primary_key in primary_keys:
            stored = self._table.items.stored.get(primary_key)
            item = item_of(stored)
            size = 0 if item is None else item_size(item)
            if size > self.room:
                self.room = 0
                return
            units = read_units(size, is_strong=self._is_strong)
            if self._throttle is not None:
                spent = Consumption(self._table)
                spent.read(units)
                try:
                    self._throttle.spend(spent, now)
                except ServiceError as error:
                    self.throttled = error
                    return
            self.room -= size
            self.consumption.read(units)
            yield item


def _check_counts(requests: Mapping[str, _Request]) -> None:
    if not requests:
        raise validation(
            "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: "
            f"Member must have length {_AT_LEAST_ONE}"
        )
    for name, request in requests.items():
        if not 1 <= len(request["Keys"]) <= _KEYS_MAX:
            rule = f"less than or equal to {_KEYS_MAX}" if request["Keys"] else _AT_LEAST_ONE
            raise validation(
                f"1 validation error detected: Value at 'RequestItems.{name}.member.Keys' failed "
                f"to satisfy constraint: Member must have length {rule}"
            )
    if sum(len(request["Keys"]) for request in requests.values()) > _KEYS_MAX:
        raise validation("Too many items requested for the BatchGetItem call")


def _refuse_mixture(requests: Mapping[str, _Request]) -> None:
    """Raise where one table is asked the old way and another the new way."""
    asked = {name for request in requests.values() for name in request}
    if {"AttributesToGet", "ProjectionExpression"} <= asked:
        raise validation(
            "Can not use both expression and non-expression parameters in the same request: "
            "Non-expression parameters: {AttributesToGet} "
            "Expression parameters: {ProjectionExpression}"
        )
