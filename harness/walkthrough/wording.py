"""Wording: counts and files as the hops name them."""

import os
from pathlib import Path

from harness.runtime.function import Function


def counted(count: int, noun: str) -> str:
    """Return *count* with *noun*: ``1 record``, ``2 records``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def handler_path(function: Function) -> str:
    """Return the file of the handler and its name in it."""
    module, _, name = function.handler.rpartition(".")
    path = (function.code / module.replace(".", "/")).with_suffix(".py")
    return f"{shown_path(path)} ({name})"


def shown_path(path: Path) -> str:
    """Return *path* as a person would type it here."""
    here = Path.cwd()
    return os.path.relpath(path, here) if path.is_relative_to(here) else str(path)
