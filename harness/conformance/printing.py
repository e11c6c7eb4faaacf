"""The card on a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from harness.conformance.behaviour import RIGHT, Behaviour, Divergence, HoldingTest, Outcome
from harness.conformance.card import Card, ServiceCard
from harness.conformance.operations import Coverage, Modelled

_SIGNS: dict[Outcome, str] = {
    "passed": "[green]✓[/]",
    "failed": "[bold red]✗[/]",
    "not run": "[dim]·[/]",
}


def print_card(console: Console, card: Card, *, is_whole: bool = True) -> None:
    """Print every behaviour, divergence and operation; only the figures unless *is_whole*."""
    if is_whole:
        for service in card.services:
            _print_service(console, service)
    console.print(_figures(card))


def _print_service(console: Console, service: ServiceCard) -> None:
    if not (service.behaviours or service.divergences or service.coverage):
        return
    console.rule(f"[bold]{service.title}")
    for behaviour in service.behaviours:
        _print_behaviour(console, behaviour)
    if service.divergences:
        console.print(f"\n[bold]Where others differ from {service.title} here")
    for divergence in service.divergences:
        _print_divergence(console, divergence)
    if service.coverage is not None:
        _print_operations(console, service.coverage)
    if service.differences:
        console.print("\n[bold]Left out on purpose")
    for difference in service.differences:
        console.print(f"  - {escape(difference)}")
    console.print()


def _print_behaviour(console: Console, behaviour: Behaviour) -> None:
    console.print(f"{_SIGNS[behaviour.outcome]} {escape(behaviour.statement)}")
    console.print(f"    [dim]{escape(behaviour.source)}[/]")
    _print_tests(console, behaviour.tests)


def _print_divergence(console: Console, divergence: Divergence) -> None:
    console.print(
        f"{_SIGNS[divergence.outcome]} {escape(divergence.peer)}: {escape(divergence.theirs)}"
    )
    console.print(f"    here: {escape(divergence.ours)}")
    console.print(f"    AWS:  {escape(divergence.aws)} [bold]({RIGHT[divergence.right]})[/]")
    console.print(f"    [dim]{escape(divergence.source)}[/]")
    _print_tests(console, divergence.tests)


def _print_tests(console: Console, tests: tuple[HoldingTest, ...]) -> None:
    for test in tests:
        console.print(f"    [dim]{escape(test.node_id)}[/]")


def _print_operations(console: Console, coverage: Coverage) -> None:
    console.print("\n[bold]Operations that are modelled")
    for operation in coverage.modelled:
        console.print(f"  {operation.name}: {escape(_parameters(operation))}")
    if coverage.refused:
        console.print(f"\n[bold]Refused by name[/]\n  {', '.join(coverage.refused)}")


def _parameters(operation: Modelled) -> str:
    taken = [
        f"{name} ({' | '.join(operation.only[name])} alone)" if name in operation.only else name
        for name in operation.parameters
    ]
    text = ", ".join(taken) or "no parameters"
    return f"{text}; refused: {', '.join(operation.refused)}" if operation.refused else text


def _figures(card: Card) -> Table:
    table = Table("service", title=f"Conformance (APIs of botocore {card.botocore})")
    for heading in ("behaviours", "failed", "divergences", "operations", "of"):
        table.add_column(heading, justify="right")
    for service in card.services:
        coverage = service.coverage
        failed = service.outcomes.count("failed")
        table.add_row(
            service.title,
            str(len(service.behaviours)),
            f"[bold red]{failed}[/]" if failed else "0",
            str(len(service.divergences)),
            "" if coverage is None else str(len(coverage.modelled)),
            "" if coverage is None else str(len(coverage.modelled) + len(coverage.refused)),
        )
    return table
