"""Rendering: a hop as a panel."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.syntax import Syntax
from rich.text import Text

from harness.kernel.instant import Duration, Instant, in_seconds, iso
from harness.walkthrough.hop import Hop

_TEXT_MAX = 48
_LIST_MAX = 6
_WIDTH = 74


def panel(hop: Hop, number: int, count: int, start: Instant) -> Panel:
    """Return hop *number* of *count*; its time counts from *start*."""
    parts: list[RenderableType] = [Text(sentence) for sentence in hop.happened]
    for label, value in hop.shown:
        parts += [
            Text(f"\n{label}", style="bold"),
            Syntax(pretty(_short(value)), "json", background_color="default", word_wrap=True),
        ]
    if hop.why:
        parts.append(Text("\nWhy", style="bold"))
        parts += [Text(sentence, style="italic") for sentence in hop.why]
    if hop.where:
        parts.append(Text(f"\nLook at {', '.join(hop.where)}", style="dim"))
    after = in_seconds(Duration(hop.instant - start))
    return Panel(
        Group(*parts),
        title=Text(f"{number}/{count}  {hop.title}", style="bold"),
        subtitle=Text(f"{iso(hop.instant)}, {after:.3f} s after the beginning"),
        title_align="left",
        subtitle_align="right",
        padding=(1, 2),
    )


def pretty(value: Any, indent: int = 0, taken: int = 0) -> str:
    """Return *value* as JSON that breaks lines only where it must.

    *taken* columns of the first line are taken already, beyond the *indent*.
    """
    line = json.dumps(value, ensure_ascii=False)
    is_short = indent + taken + len(line) < _WIDTH
    if is_short or not isinstance(value, dict | list) or not value:
        return line
    inner = indent + 2
    if isinstance(value, dict):
        brackets = "{}"
        names = [f"{json.dumps(name, ensure_ascii=False)}: " for name in value]
        members = [
            name + pretty(each, inner, len(name))
            for name, each in zip(names, value.values(), strict=True)
        ]
    else:
        brackets = "[]"
        members = [pretty(each, inner) for each in value]
    body = f",\n{' ' * inner}".join(members)
    return f"{brackets[0]}\n{' ' * inner}{body}\n{' ' * indent}{brackets[1]}"


def _short(value: Any) -> Any:
    """Return *value* as JSON takes it; long texts and lists are cut, and say so."""
    if isinstance(value, Mapping):
        return {str(name): _short(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        cut = [_short(each) for each in value[:_LIST_MAX]]
        left = len(value) - _LIST_MAX
        return [*cut, f"... and {left} more"] if left > 0 else cut
    if isinstance(value, str) and len(value) > _TEXT_MAX:
        return value[:_TEXT_MAX] + "..."
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return value
