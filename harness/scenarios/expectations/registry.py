"""Every expectation by the word that a scenario writes, in the order of the vocabulary."""

from harness.scenarios.expectations.eventually import Eventually
from harness.scenarios.expectations.invariants import Invariants
from harness.scenarios.expectations.journal import Never
from harness.scenarios.expectations.observable import OBSERVABLE
from harness.scenarios.expectations.settles_within import SettlesWithin
from harness.scenarios.shapes.written import Written

EXPECTATIONS: dict[str, type[Written]] = {
    **OBSERVABLE,
    "settles_within": SettlesWithin,
    "never": Never,
    "eventually": Eventually,
    "invariants": Invariants,
}
