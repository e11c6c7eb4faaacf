"""The card as a JSON document."""

from collections.abc import Iterable
from typing import Any

from harness.conformance.behaviour import HoldingTest
from harness.conformance.card import Card, ServiceCard
from harness.conformance.operations import Coverage


def document(card: Card) -> dict[str, Any]:
    """Return the card as it is written to a file; the same tests make the same document."""
    return {
        "botocore": card.botocore,
        "behaviours": len(card.behaviours),
        "divergences": len(card.divergences),
        "services": [_service(service) for service in card.services],
    }


def _service(service: ServiceCard) -> dict[str, Any]:
    return {
        "service": service.service,
        "title": service.title,
        "behaviours": [
            {
                "statement": each.statement,
                "source": each.source,
                "outcome": each.outcome,
                "tests": _tests(each.tests),
            }
            for each in service.behaviours
        ],
        "divergences": [
            {
                "peer": each.peer,
                "theirs": each.theirs,
                "ours": each.ours,
                "aws": each.aws,
                "source": each.source,
                "right": each.right,
                "outcome": each.outcome,
                "tests": _tests(each.tests),
            }
            for each in service.divergences
        ],
        "operations": None if service.coverage is None else _operations(service.coverage),
        "differences": list(service.differences),
    }


def _tests(tests: Iterable[HoldingTest]) -> list[dict[str, str]]:
    return [{"id": test.node_id, "name": test.name, "outcome": test.outcome} for test in tests]


def _operations(coverage: Coverage) -> dict[str, Any]:
    return {
        "modelled": [
            {
                "name": each.name,
                "parameters": list(each.parameters),
                "only": {name: list(values) for name, values in each.only.items()},
                "refused": list(each.refused),
            }
            for each in coverage.modelled
        ],
        "refused": list(coverage.refused),
    }
