"""Loads the plugin that collects scenarios, looks at the card's marks, has Hypothesis draw the same anywhere."""

from importlib import import_module
from typing import Any

import pytest

from harness.conformance.marks import NAMES, MarkError, facts

pytest_plugins = ["harness.plugin"]


def pytest_configure() -> None:
    """Keep what Hypothesis draws from the constants of whatever modules are loaded by then.

    Which they are depends on the process that a test is run in, and on each change of the code: the
    same examples would be others every time.
    """
    providers: Any = import_module("hypothesis.internal.conjecture.providers")
    none = providers.Constants()
    providers._get_local_constants = lambda: none  # noqa: SLF001 - there is no setting for it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stop at a mark that does not say what the card needs."""
    for item in items:
        for name in NAMES:
            for mark in item.iter_markers(name):
                try:
                    facts(mark, item.nodeid)
                except MarkError as error:
                    raise pytest.UsageError(str(error)) from None
