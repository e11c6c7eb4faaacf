"""Loads the plugin that collects scenarios, and looks at the marks of the conformance card."""

import pytest

from harness.conformance.marks import NAMES, MarkError, facts

pytest_plugins = ["harness.plugin"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stop at a mark that does not say what the card needs."""
    for item in items:
        for name in NAMES:
            for mark in item.iter_markers(name):
                try:
                    facts(mark, item.nodeid)
                except MarkError as error:
                    raise pytest.UsageError(str(error)) from None
