"""The card as one HTML page: no script, nothing fetched, readable on a phone and on paper."""

from collections.abc import Iterable, Iterator
from html import escape

from harness.conformance.behaviour import RIGHT, Behaviour, Divergence, HoldingTest
from harness.conformance.card import Card, ServiceCard
from harness.conformance.operations import Coverage, Modelled
from harness.conformance.pagestyle import STYLE


def page(card: Card) -> str:
    """Return the whole page."""
    services = [
        each for each in card.services if each.behaviours or each.divergences or each.coverage
    ]
    body = "\n".join(("\n".join(_head(card, services)), *map(_service, services)))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Conformance card</title>\n<style>\n{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _head(card: Card, services: Iterable[ServiceCard]) -> Iterator[str]:
    tests = {test.node_id for each in card.behaviours for test in each.tests}
    yield "<header><h1>Conformance card</h1>"
    yield (
        f"<p>{len(card.behaviours)} behaviours of AWS, each with the page that states it and the"
        f" test that holds the engine to it ({len(tests)} tests); {len(card.divergences)} known"
        " divergences of its peers. Read off the tests themselves; APIs as botocore"
        f" {escape(card.botocore)} describes them.</p>"
    )
    yield "<nav><table><thead><tr><th>Service<th>Behaviours<th>Divergences<th>Operations"
    yield "</thead><tbody>"
    for service in services:
        coverage = service.coverage
        count = ""
        if coverage is not None:
            whole = len(coverage.modelled) + len(coverage.refused)
            count = f"{len(coverage.modelled)} of {whole}"
        yield (
            f'<tr><td><a href="#{service.service}">{escape(service.title)}</a>'
            f"<td>{len(service.behaviours)}<td>{len(service.divergences)}<td>{count}"
        )
    yield "</tbody></table></nav></header>"


def _service(service: ServiceCard) -> str:
    parts = [f'<section id="{service.service}"><h2>{escape(service.title)}</h2>']
    if service.behaviours:
        rows = "".join(map(_behaviour, service.behaviours))
        parts.append(f"<h3>What AWS does, and the engine</h3><ul>{rows}</ul>")
    if service.divergences:
        rows = "".join(map(_divergence, service.divergences))
        parts.append(f"<h3>Where others differ</h3><ul>{rows}</ul>")
    if service.coverage is not None:
        parts.append(_operations(service.coverage))
    if service.differences:
        rows = "".join(f"<li>{escape(each)}</li>" for each in service.differences)
        parts.append(f'<h3>Left out on purpose</h3><ul class="plain">{rows}</ul>')
    return "\n".join((*parts, "</section>"))


def _behaviour(behaviour: Behaviour) -> str:
    return (
        f'<li class="{_class(behaviour.outcome)}"><p>{escape(behaviour.statement)}</p>'
        f"{_source(behaviour.source)}{_tests(behaviour.tests)}</li>"
    )


def _divergence(divergence: Divergence) -> str:
    return (
        f'<li class="{_class(divergence.outcome)}"><dl>'
        f"<dt>{escape(divergence.peer)}<dd>{escape(divergence.theirs)}"
        f"<dt>here<dd>{escape(divergence.ours)}"
        f"<dt>AWS<dd>{escape(divergence.aws)} <b>{RIGHT[divergence.right]}</b></dl>"
        f"{_source(divergence.source)}{_tests(divergence.tests)}</li>"
    )


def _source(address: str) -> str:
    shown = escape(address.removeprefix("https://"))
    return f'<p class="source"><a href="{escape(address)}">{shown}</a></p>'


def _tests(tests: Iterable[HoldingTest]) -> str:
    return "".join(
        f'<p class="test {_class(test.outcome)}" title="{escape(test.node_id)}">'
        f"{escape(test.name)}</p>"
        for test in tests
    )


def _class(outcome: str) -> str:
    return outcome.replace(" ", "-")


def _operations(coverage: Coverage) -> str:
    whole = len(coverage.modelled) + len(coverage.refused)
    rows = "".join(map(_operation, coverage.modelled))
    refused = ""
    if coverage.refused:
        names = ", ".join(f"<code>{escape(name)}</code>" for name in coverage.refused)
        refused = (
            f"<details><summary>{len(coverage.refused)} refused by name</summary>{names}</details>"
        )
    return (
        f"<h3>Operations: {len(coverage.modelled)} of {whole} are modelled</h3>"
        f'<div class="operations">{rows}</div>{refused}'
    )


def _operation(operation: Modelled) -> str:
    taken = ", ".join(
        f"<code>{escape(name)}</code>"
        + (
            f" ({escape(' | '.join(operation.only[name]))} alone)"
            if name in operation.only
            else ""
        )
        for name in operation.parameters
    )
    refused = ", ".join(f"<code>{escape(name)}</code>" for name in operation.refused)
    count = f"{len(operation.parameters)} of {len(operation.parameters) + len(operation.refused)}"
    return (
        f"<details><summary>{escape(operation.name)} <small>{count} parameters</small></summary>"
        f"<p>{taken or 'no parameters'}</p>"
        + (f"<p>Refused: {refused}</p>" if refused else "")
        + "</details>"
    )
