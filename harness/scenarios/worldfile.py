"""Where a scenario's world file lies."""

from pathlib import Path

NAME = "world.yaml"


def find_world_file(start: Path, top: Path | None = None) -> Path | None:
    """Return the nearest ``world.yaml`` in the folders above *start*, none above *top*."""
    for folder in start.absolute().parents:
        candidate = folder / NAME
        if candidate.is_file():
            return candidate
        if folder == top:
            return None
    return None
