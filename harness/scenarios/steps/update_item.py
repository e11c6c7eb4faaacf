"""update_item: attributes of an item are changed from outside."""

from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.plainitems import to_typed, typed_item
from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class UpdateItem(Step):
    """Set and remove attributes of one item, which is made if it is not there."""

    table: Annotated[str, "the table's name or logical id"]
    key: Annotated[dict[str, Any], "the primary key"]
    set: Annotated[dict[str, Any] | None, "attributes and their new values"] = None
    remove: Annotated[list[str] | None, "attributes that go"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse a change that changes nothing."""
        return None if self.set or self.remove else (self.node, "give set, remove or both")

    @override
    def run(self, run: Run) -> None:
        """Change them."""
        names: dict[str, str] = {}
        values: dict[str, Any] = {}
        sets, removes = [], []
        for index, (attribute, value) in enumerate((self.set or {}).items()):
            names[f"#s{index}"] = attribute
            values[f":s{index}"] = to_typed(value)
            sets.append(f"#s{index} = :s{index}")
        for index, attribute in enumerate(self.remove or ()):
            names[f"#r{index}"] = attribute
            removes.append(f"#r{index}")
        clauses = [f"SET {', '.join(sets)}"] if sets else []
        clauses += [f"REMOVE {', '.join(removes)}"] if removes else []
        parameters: dict[str, Any] = {
            "TableName": run.table(self.table, self.where("table")).name,
            "Key": typed_item(self.key),
            "UpdateExpression": " ".join(clauses),
            "ExpressionAttributeNames": names,
        }
        if values:
            parameters["ExpressionAttributeValues"] = values
        run.world.call("dynamodb", "UpdateItem", parameters)
