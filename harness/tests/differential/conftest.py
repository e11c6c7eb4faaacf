"""The same sequences of calls each time, whatever else has been imported."""

import pytest
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants


@pytest.fixture(autouse=True)
def _constants_of_no_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Hypothesis draw no constants from the modules that happen to be loaded.

    It has no setting for that, and in a run of all tests other ones are loaded than in a run of
    these, so that a disagreement would come and go.
    """
    monkeypatch.setattr(providers, "_get_local_constants", Constants)
