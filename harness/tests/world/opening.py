"""Worlds of one small template whose function is written in the test."""

import textwrap
from pathlib import Path

from harness.kernel.chooser import Chooser
from harness.tests.cli.project import TEMPLATE
from harness.world.configuration import WorldConfiguration
from harness.world.world import World


def a_world(
    folder: Path, handler: str, template: str = TEMPLATE, *, chooser: Chooser | None = None
) -> World:
    """Return a world, not yet open, whose function Handle has the source *handler*."""
    (folder / "src").mkdir(exist_ok=True)
    source, text = folder / "src" / "wicked.py", textwrap.dedent(handler)
    if not source.exists() or source.read_text(encoding="utf-8") != text:
        source.write_text(text, encoding="utf-8")
    (folder / "template.yaml").write_text(template, encoding="utf-8")
    return World(WorldConfiguration(template=folder / "template.yaml"), chooser=chooser)
