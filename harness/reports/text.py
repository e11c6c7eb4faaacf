"""Results on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from harness.kernel.instant import in_seconds
from harness.reports.lines import plain_text, result_lines
from harness.reports.summary import count_verdicts, untold_lines
from harness.results.scenario import ScenarioResult, Verdict

_STYLES: dict[Verdict, str] = {
    "passed": "green",
    "failed": "bold red",
    "unsupported": "yellow",
    "broken": "bold magenta",
}


def print_results(console: Console, results: Sequence[ScenarioResult]) -> None:
    """Print every result that has not passed, and a summary."""
    for result in results:
        if result.verdict != "passed":
            print_result(console, result)
    print_summary(console, results)


def print_result(console: Console, result: ScenarioResult) -> None:
    """Print one result: a line if it passed, all there is to say if it did not."""
    line = Text.assemble(
        (f"{result.verdict:<11}", _STYLES[result.verdict]),
        f" {result.name}",
        (f"  {result.path}  {in_seconds(result.duration):g} s virtual", "dim"),
    )
    # Paths and values hold brackets and colons, which are neither markup nor to be coloured.
    console.print(line, highlight=False, soft_wrap=True)
    if result.verdict != "passed":
        for each in result_lines(result):
            console.print(Text(each.text, style=each.style), highlight=False, soft_wrap=True)


def print_summary(console: Console, results: Sequence[ScenarioResult]) -> None:
    """Print how many results there are of each kind, and what none of them could tell."""
    counts = count_verdicts(results)
    parts = [
        (f"{count} {verdict}", _STYLES[verdict]) for verdict, count in counts.items() if count
    ]
    line = Text()
    for index, (text, style) in enumerate(parts):
        line.append(", " if index else "")
        line.append(text, style=style)
    console.print(line if parts else Text("no scenarios"), highlight=False)
    for text in untold_lines(each for result in results for each in result.untold):
        console.print(Text(text, style="yellow"), highlight=False, soft_wrap=True)


def result_text(result: ScenarioResult) -> str:
    """Return all there is to say about a result, without colours."""
    return plain_text(result_lines(result))
