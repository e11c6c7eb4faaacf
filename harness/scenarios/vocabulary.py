"""The vocabulary of the language as Markdown, from the docstrings of steps, expectations, matchers."""

from collections.abc import Iterable, Iterator
from inspect import cleandoc

from harness.scenarios.expectations.registry import EXPECTATIONS
from harness.scenarios.language.document import Document, PartDocument
from harness.scenarios.language.given import Given
from harness.scenarios.matchers.reading import PATTERNS
from harness.scenarios.payload import Payload
from harness.scenarios.shapes.derive import record_of
from harness.scenarios.shapes.written import Written
from harness.scenarios.steps.registry import STEPS

_INTRODUCTION = """\
# Scenarios

A scenario says what is given, what happens, and what must be true at the end. Run them all with
`harness run`, one file or folder with `harness run PATH`, or as tests with `pytest`.

This page is generated from the code; `python -m harness.scenarios.regenerate` writes it anew.

```yaml
# yaml-language-server: $schema=../../harness/scenarios/scenario.schema.json
title: An object that arrives becomes an item
given:
  items:
    Orders: [{id: a-16, state: settled}]
when:
  - put_object: {bucket: Inbox, key: a-17.csv, rows: [{id: a-17, amount: 40}]}
  - query: {text: "{ order(id: \\"a-17\\") { state } }", as: answer}
    after: 30s
then:
  - item: {table: Orders, key: {id: a-17}, has: {state: $any, amount: 40}}
  - answer: {of: answer, has: {data: {order: {state: settled}}}}
```

- A file is a scenario if a `world.yaml` lies beside or above it. Names that begin with `_` are parts
  that scenarios include.
- Names of tables, streams, queues, buckets and functions are logical ids of the template, or the
  names that it gives them.
- Durations have a unit: `200ms`, `30s`, `5m`, `1h`, `1m30s`. All time is virtual.
- A step may carry `at: 5m` (since the first step) or `after: 30s` (since the step before). The world
  goes on meanwhile. After the last step it settles, and then the expectations are looked at.
- Items are plain values: numbers compare as numbers, and a set is written `{$set: [a, b]}`.
- `${name}` is a variable: from `variables`, from the case, or captured by `as: name` and
  `{$capture: name}`. Inside `{...}` and `[...]` it needs quotes: `{count: "${n}"}`. `$${` is a literal
  `${`, and a key `$$x` is a literal `$x`. What it stands for may be a matcher: `{first: $any}`.
- An entry of `when` or `then` that is a variable, `- ${extra}`, becomes the steps or expectations
  that the variable lists. So cases differ in what happens, not in values alone.
- `harness run --update` writes what was there into the expectations that failed, and leaves comments,
  layout and matchers that still match as they are.
"""


def vocabulary() -> str:
    """Return the text of ``scenarios/README.md``."""
    parts = [_INTRODUCTION, "## Keys of a scenario\n", _part(Document)]
    parts += ["## Keys of an included part\n", _part(PartDocument)]
    parts += ["## Given\n", _part(Given), "The content of an object:\n", _part(Payload)]
    parts += ["## Steps\n", *_entries(STEPS.items())]
    parts += ["## Expectations\n", *_entries(EXPECTATIONS.items())]
    parts += ["## Matchers\n", "Any expected value may be a matcher.\n", "\n".join(_matchers())]
    return "\n".join(parts)


def _entries(parts: Iterable[tuple[str, type[Written]]]) -> Iterator[str]:
    for name, part in parts:
        yield f"### `{name}`\n"
        yield _part(part)


def _part(part: type[Written]) -> str:
    lines = [cleandoc(part.__doc__ or ""), ""]
    if part.own_shape() is None and record_of(part).keys:
        lines += ["| key | value | |", "|---|---|---|"]
        lines += [
            f"| `{key.name}`{' *' if key.is_required else ''} | {key.shape.words()} | {key.meaning} |"
            for key in record_of(part).keys
        ]
        lines += (
            ["", "\\* needed", ""]
            if any(key.is_required for key in record_of(part).keys)
            else [""]
        )
    return "\n".join(lines)


def _matchers() -> Iterator[str]:
    yield "| matcher | matches |"
    yield "|---|---|"
    for pattern in PATTERNS:
        written = f"{{{pattern.word}: {pattern.argument}}}" if pattern.argument else pattern.word
        yield f"| `{written}` | {cleandoc(pattern.__doc__ or '')} |"
    yield ""
