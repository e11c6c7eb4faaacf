"""An invariant that a deployed stack can be asked about: it speaks of a table alone."""

from typing import Any


def problems(view: Any) -> list[str]:
    return [
        f"order {item['id']} has {item['count']}"
        for item in view.tables["orders"]
        if item["count"] > 2
    ]
