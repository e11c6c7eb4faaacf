"""An invariant that a deployed stack cannot be asked about: its partners are real."""

from typing import Any


def problems(view: Any) -> list[str]:
    return ["somebody was told"] if view.partners else []
