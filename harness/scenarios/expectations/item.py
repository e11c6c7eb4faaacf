"""item: one item of a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode, Mapping
from harness.scenarios.documents.rendering import flow
from harness.scenarios.expectations.expectation import (
    Expectation,
    Finding,
    Objection,
    Observation,
    Rewording,
)
from harness.scenarios.matchers.expected import Part, Whole
from harness.scenarios.plainitems import plain_item, typed_item
from harness.scenarios.run import Run

_ASPECTS = ("is", "has", "absent")


@dataclass(frozen=True, slots=True)
class Item(Expectation):
    """One item of a table: all of it (`is`), some attributes (`has`), or that it is `absent`."""

    table: Annotated[str, "the table's name or logical id"]
    key: Annotated[dict[str, Any], "the primary key"]
    is_: Annotated[Whole | None, "the whole item; the key may be left out"] = None
    has: Annotated[Part | None, "the attributes that matter"] = None
    absent: Annotated[bool, "true: there is no such item"] = False

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse none and more than one aspect."""
        given = [self.is_ is not None, self.has is not None, self.absent]
        if sum(given) != 1:
            return self.node, f"give exactly one of {', '.join(_ASPECTS)}"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Read the item."""
        table = run.table(self.table, self.where("table"))
        answer = run.world.call(
            "dynamodb",
            "GetItem",
            {"TableName": table.name, "Key": typed_item(self.key), "ConsistentRead": True},
        )
        item = plain_item(answer["Item"]) if "Item" in answer else None
        what = f"item {self.table} {flow(self.key)}"
        about = f"{table.name} {'/'.join(str(value) for value in self.key.values())}"
        if self.absent and item is None:
            return
        pattern, word = (self.is_, "is") if self.is_ is not None else (self.has, "has")
        if item is None:
            assert pattern is not None, "complaint() has seen to it"
            reworded = self._reworded(word, "absent", value=True)
            yield Objection(self.where(word), what, pattern.shown(), "no item", about, reworded)
        elif pattern is None:
            reworded = self._reworded("absent", "is", value=self._beside_key(item))
            yield Objection(self.where("absent"), what, "no item", flow(item), about, reworded)
        else:
            seen = self._beside_key(item) if word == "is" else item
            yield Observation(pattern, seen, what, about)

    def _reworded(self, word: str, key: str, *, value: Any) -> Rewording:
        return Rewording(self.key_of(word), self.where(word), key, value)

    def _beside_key(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return *item* without the key's attributes, unless `is` names them too."""
        named = self.where("is")
        names = {key.value for key, _ in named.entries} if isinstance(named, Mapping) else set()
        return {
            name: value for name, value in item.items() if name in names or name not in self.key
        }
