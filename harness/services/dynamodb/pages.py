"""Pages of Query and Scan: evaluate, filter, project, and stop by limit or by size."""

from collections.abc import Iterable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import (
    AttributeValue,
    Item,
    copied_item,
    normal_item,
)
from harness.services.dynamodb.capacity import Consumption, is_wanted, read_units
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.expressions.compiled import Compiled
from harness.services.dynamodb.indexkeys import IndexKeys
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.keyorder import Place
from harness.services.dynamodb.keyschema import KeySchema, PrimaryKey
from harness.services.dynamodb.secondaryindex import SecondaryIndex
from harness.services.dynamodb.selection import must_fetch
from harness.services.dynamodb.table import Table

_PAGE_SIZE_MAX = 1_048_576
WRONG_START = "The provided starting key is invalid"


class Reading:
    """What one Query or Scan reads: a table or one of its indexes."""

    def __init__(self, database: Database, parameters: Parameters, compiled: Compiled) -> None:
        self._throttle = database.throttle
        self.parameters = parameters
        self.compiled = compiled
        self.table: Table = database.table(parameters["TableName"])
        if compiled.nested_roots:
            self.table.check_paths(compiled.nested_roots)
        self.index: SecondaryIndex | None = None
        name = parameters.get("IndexName")
        if name is not None:
            self.index = self.table.indexes.get(name)
            if self.index is None:
                raise validation(f"The table does not have the specified index: {name}")
        if self.index is not None and self.index.is_global and self._is_strong:
            raise validation("Consistent reads are not supported on global secondary indexes")

    @property
    def keys(self) -> KeySchema | IndexKeys:
        """The key schema of what is read."""
        return self.table.keys if self.index is None else self.index.keys

    def start_place(self, fault: str = WRONG_START) -> Place | None:
        """Return the place of ``ExclusiveStartKey``, None where there is none.

        *fault* is what is said of one that does not match the schema.
        """
        given = self.parameters.get("ExclusiveStartKey")
        if given is None:
            return None
        start = normal_item(given)
        names = self.table.keys.names | self.keys.names
        if start.keys() != names or any(
            self.table.attribute_kinds[name] not in start[name] for name in names
        ):
            raise validation(fault)
        primary_key = self.table.keys.key_of(self.table.keys.attributes_of(start))
        if self.index is None:
            return primary_key[0], primary_key[1], primary_key
        place = self.index.place_of(start, primary_key)
        if place is None:
            raise validation(fault)
        return place

    def page(
        self,
        primary_keys: Iterable[PrimaryKey],
        values: Mapping[str, AttributeValue],
        now: Instant,
    ) -> Output:
        """Return one page of the items of *primary_keys*, in their order."""
        index = self.index
        fetches = index is not None and must_fetch(index, self.parameters, self.compiled)
        if self._throttle is not None:
            name = None if index is None else index.name
            self._throttle.admit_read(self.table, name, now)
        limit = self.parameters.get("Limit")
        holds = self.compiled.condition
        found: list[Item] = []
        sizes = _PageSize(is_exact=self._throttle is not None or is_wanted(self.parameters))
        scanned = 0
        fetched = 0.0
        last: Item | None = None
        for primary_key in primary_keys:
            stored = self.table.items.stored[primary_key]
            whole = stored.item
            held = whole if index is None else index.project(whole)
            scanned += 1
            sizes.add(held, len(stored.packed))
            if fetches:
                fetched += read_units(item_size(whole), is_strong=self._is_strong)
            if holds is None or holds(held, values):
                found.append(whole if fetches else held)
            if scanned == limit or sizes.is_full:
                last = whole
                break
        output = self._output(found, scanned)
        if last is not None:
            names = sorted(self.table.keys.names | self.keys.names)
            output["LastEvaluatedKey"] = copied_item({name: last[name] for name in names})
        if self._throttle is not None or is_wanted(self.parameters):
            consumption = self._consumed(sizes.total, fetched)
            if self._throttle is not None:
                self._throttle.charge(consumption, now)
            if is_wanted(self.parameters):
                wanted = self.parameters["ReturnConsumedCapacity"]
                output["ConsumedCapacity"] = consumption.output(wanted)
        return output

    @property
    def _is_strong(self) -> bool:
        return bool(self.parameters.get("ConsistentRead"))

    def _output(self, found: list[Item], scanned: int) -> Output:
        output: Output = {"Count": len(found), "ScannedCount": scanned}
        if self.parameters.get("Select") != "COUNT":
            project = self.compiled.projection
            output["Items"] = found if project is None else list(map(project, found))
        return output

    def _consumed(self, size: int, fetched: float) -> Consumption:
        consumption = Consumption(self.table)
        units = read_units(size, is_strong=self._is_strong)
        consumption.read(units, None if self.index is None else self.index.name)
        if fetched:
            consumption.read(fetched)
        return consumption


class _PageSize:
    """How large what a page has read is; measured exactly only where that may matter."""

    def __init__(self, *, is_exact: bool) -> None:
        self._is_exact = is_exact
        self._bound = 0
        self._unmeasured: list[Item] = []
        self.total = 0
        """The bytes of what was read, where they were measured."""

    def add(self, item: Item, bound: int) -> None:
        """Count *item*, which is surely not larger than *bound*."""
        self._bound += bound
        self._unmeasured.append(item)
        if self._is_exact or self._bound >= _PAGE_SIZE_MAX:
            self.total += sum(map(item_size, self._unmeasured))
            self._unmeasured.clear()

    @property
    def is_full(self) -> bool:
        """Whether the page has reached 1 MB."""
        return self.total >= _PAGE_SIZE_MAX
