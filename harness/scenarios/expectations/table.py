"""table: everything that is in a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.expectations.expectation import Expectation, Finding, Observation
from harness.scenarios.matchers.expected import Part, Whole, WholeList
from harness.scenarios.matchers.pattern import Pattern, matches
from harness.scenarios.matchers.plain import ExactList
from harness.scenarios.matchers.unordered import Unordered
from harness.scenarios.plainitems import plain_item
from harness.scenarios.run import Run


@dataclass(frozen=True, slots=True)
class Table(Expectation):
    """The whole contents of a table, in any order, or the number of its items."""

    name: Annotated[str, "the table's name or logical id"]
    items: Annotated[WholeList | None, "all items, attribute for attribute"] = None
    count: Annotated[Whole | None, "how many items there are"] = None
    where_: Annotated[Part | None, "only items with such attributes"] = None
    ignore: Annotated[list[str] | None, "attributes that are left out of the comparison"] = None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Scan the table."""
        table = run.table(self.name, self.where("name"))
        items = [item for item in scan(run, table.name) if _is_wanted(self.where_, item)]
        for attribute in self.ignore or ():
            for item in items:
                item.pop(attribute, None)
        what = f"table {self.name}"
        if self.items is not None:
            pattern = Unordered(self.items.node, self.items)
            yield Observation(pattern, items, what, table.name)
        if self.count is not None:
            yield Observation(self.count, len(items), f"number of items in {what}", table.name)


def scan(run: Run, table_name: str) -> list[dict[str, Any]]:
    """Return all items of a table as plain values, in the order of their keys' text."""
    parameters: dict[str, Any] = {"TableName": table_name, "ConsistentRead": True}
    items: list[dict[str, Any]] = []
    while True:
        answer = run.world.call("dynamodb", "Scan", parameters)
        items += map(plain_item, answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return sorted(items, key=str)
        parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _is_wanted(pattern: Pattern | ExactList | None, item: dict[str, Any]) -> bool:
    return pattern is None or matches(pattern, item)
