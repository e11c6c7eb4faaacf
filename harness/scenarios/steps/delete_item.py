"""delete_item: an item is deleted from outside."""

from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.plainitems import typed_item
from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class DeleteItem(Step):
    """Delete one item; one that is not there is no error."""

    table: Annotated[str, "the table's name or logical id"]
    key: Annotated[dict[str, Any], "the primary key"]

    @override
    def run(self, run: Run) -> None:
        """Delete it."""
        name = run.table(self.table, self.where("table")).name
        run.world.call("dynamodb", "DeleteItem", {"TableName": name, "Key": typed_item(self.key)})
