"""Rendering: a summary as the closing tables of a replay."""

from collections.abc import Iterator

from rich.box import SIMPLE
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from harness.kernel.instant import Duration, in_seconds, minutes
from harness.replay.spread import Spread
from harness.replay.summary import ROOT, Summary
from harness.scenarios.durations import format_duration

_SECOND = 1_000_000
_NOTHING = "-"
_LATENCY = f"virtual time since the {ROOT}, by the weight of the records"
_COMPLAINTS_MAX = 5


def closing(summary: Summary, measured: dict[str, str]) -> Group:
    """Return the tables of *summary*; *measured* is what the machine, not the run, is like."""
    return Group(
        _overview(summary, measured),
        _functions(summary),
        _partners(summary),
        *_invariants(summary),
    )


def _table(title: str, *columns: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        box=SIMPLE,
        pad_edge=False,
    )
    for number, column in enumerate(columns):
        table.add_column(
            column,
            justify="right" if number else "left",
            # On a narrow screen only errors and verdicts may take several lines.
            no_wrap=column not in ("errors", "verdict"),
            min_width=len("3 retried" if column == "errors" else column),
        )
    return table


def _overview(summary: Summary, measured: dict[str, str]) -> Table:
    table = Table(
        title=summary.title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE,
        show_header=False,
    )
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for name, value in (*_counts(summary), *measured.items()):
        table.add_row(name, value)
    return table


def _counts(summary: Summary) -> Iterator[tuple[str, str]]:
    yield "objects", f"{summary.objects:,} ({summary.object_bytes:,} bytes)"
    yield "rows", f"{summary.rows:,}"
    for name, count in summary.records.items():
        yield f"records on {name}", f"{count:,}"
    for name, count in summary.items.items():
        yield f"items in {name}", f"{count:,}"
    for name, count in summary.dead_letters.items():
        if count:
            yield f"dead letters in {name}", f"{count:,}"
    yield "virtual time", span(summary.duration)
    yield "seed", str(summary.seed)
    kind = "per record" if summary.is_per_record else "per batch"
    yield "journal", f"{summary.entries:,} entries, {kind}"
    yield "digest", summary.digest


def _functions(summary: Summary) -> Table:
    table = _table(
        f"Functions: {_LATENCY}", "function", "calls", "records", "errors", "p50", "p99", "max"
    )
    for row in summary.functions:
        table.add_row(
            _noted(table, row.name, row.since),
            f"{row.invocations:,}",
            f"{row.records:,}",
            _errors(
                {
                    "failed": row.failed,
                    "throttled": row.throttled,
                    "retried": row.batches_failed,
                    "dropped": row.dropped,
                }
            ),
            *_spread(row.latency),
        )
    return table


def _partners(summary: Summary) -> Table:
    table = _table(f"Partners: {_LATENCY}", "partner", "answered", "errors", "p50", "p99", "max")
    for row in summary.partners:
        table.add_row(
            _noted(table, row.name, row.since),
            f"{row.answered:,}",
            _errors({"refused": row.refused}),
            *_spread(row.latency),
        )
    return table


def _invariants(summary: Summary) -> Iterator[RenderableType]:
    table = _table("Invariants", "invariant", "verdict")
    for invariant in summary.invariants:
        if invariant.complaints:
            verdict = Text(f"broken, {len(invariant.complaints):,} times", style="red")
        elif invariant.unseen:
            unseen = ", ".join(invariant.unseen)
            verdict = Text(f"holds as far as seen: entries of {unseen} are not kept", "yellow")
        else:
            verdict = Text("holds", style="green")
        table.add_row(invariant.name, verdict)
    yield table
    for invariant in summary.invariants:
        for complaint in invariant.complaints[:_COMPLAINTS_MAX]:
            yield Text(f"{invariant.name}: {complaint}", style="red")
        left = len(invariant.complaints) - _COMPLAINTS_MAX
        if left > 0:
            yield Text(f"{invariant.name}: and {left:,} more", style="red")


def _noted(table: Table, name: str, since: str) -> str:
    """Return *name*, with a note below the table where its times count from no object."""
    if since in ("", ROOT):
        return name
    table.caption, table.caption_justify = f"* since the {since}: no {ROOT} began it", "left"
    return f"{name} *"


def _errors(counts: dict[str, int]) -> Text:
    found = [f"{count:,} {what}".strip() for what, count in counts.items() if count]
    return Text(", ".join(found), style="red") if found else Text(_NOTHING, style="dim")


def _spread(spread: Spread | None) -> tuple[str, str, str]:
    if spread is None:
        return _NOTHING, _NOTHING, _NOTHING
    return span(spread.p50), span(spread.p99), span(spread.maximum)


def span(duration: Duration) -> str:
    """Return *duration* as a reader wants it: ``3.415s``, and from a minute on ``1h41m``."""
    if duration < minutes(1):
        return f"{in_seconds(duration):.3f}s"
    return format_duration(Duration(round(duration / _SECOND) * _SECOND))
