"""put_item: an item is written from outside."""

from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.plainitems import typed_item
from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class PutItem(Step):
    """Write a whole item, as another system or an operator would."""

    table: Annotated[str, "the table's name or logical id"]
    item: Annotated[dict[str, Any], "plain values; a set is written `{$set: [...]}`"]

    @override
    def run(self, run: Run) -> None:
        """Write it."""
        name = run.table(self.table, self.where("table")).name
        run.world.call("dynamodb", "PutItem", {"TableName": name, "Item": typed_item(self.item)})
