"""What one call changed, made out from the stream records that the backend wrote for it.

One call changes an item once, so several records about one item are one change: from the oldest
image to the newest.  A change that leaves an item as it was makes no record on AWS.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.backends.findings import Findings
from harness.services.dynamodb.attributevalues import Item, normal_item


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item before and after a call; None where there is none."""

    keys: Item
    old_image: Item | None
    new_image: Item | None

    @property
    def event_name(self) -> str:
        """``INSERT``, ``MODIFY`` or ``REMOVE``."""
        if self.old_image is None:
            return "INSERT"
        return "REMOVE" if self.new_image is None else "MODIFY"


def changes_of(records: Iterable[Mapping[str, Any]], findings: Findings) -> list[ItemChange]:
    """Return what one call changed, in the order of the first record about each item."""
    by_item: dict[str, list[Mapping[str, Any]]] = {}
    for record in records:
        told = record["dynamodb"]
        by_item.setdefault(repr(sorted(told["Keys"].items())), []).append(told)
    changes: list[ItemChange] = []
    for told in by_item.values():
        change = ItemChange(
            normal_item(told[0]["Keys"]), _image(told[0], "OldImage"), _image(told[-1], "NewImage")
        )
        if change.old_image == change.new_image:
            findings.note("dynamodb.record-of-no-change")
            continue
        if len(told) > 1:
            findings.note("dynamodb.several-records-of-one-write")
        changes.append(change)
    return changes


def _image(told: Mapping[str, Any], name: str) -> Item | None:
    image = told.get(name)
    return normal_item(image) if image else None
