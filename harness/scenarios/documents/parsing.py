"""YAML text -> nodes, from the parser's events: they alone tell where an alias stands.

libyaml's parser is fifty times as fast as one in Python, and scenario files are many.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml  # type: ignore[import-untyped, unused-ignore]  # its stubs are optional
from yaml.events import (  # type: ignore[import-untyped, unused-ignore]  # the same
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, Sequence
from harness.scenarios.documents.plainscalars import resolve
from harness.scenarios.documents.problems import InvalidScenarioError, Problems, problem_in
from harness.scenarios.documents.source import SourceFile
from harness.scenarios.documents.yamlerrors import broken_yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]*(?:\r?\n[ \t]*)?)*")
_MEANINGLESS_TAGS = (None, "!", *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq")))
"""Tags that say what the value is anyway; `!!str` makes a text of anything."""
_DEPTH_MAX = 100
"""Deeper nesting is a mistake."""
_NODES_MAX = 500_000
"""More nodes are a mistake too, or aliases of aliases that multiply."""


def parse(source: SourceFile) -> AnyNode:
    """Return the root of *source*; InvalidScenarioError when it is not one document of YAML."""
    problems = Problems()
    try:
        events = yaml.parse(source.text, Loader=_LOADER)
        root = _Parser(source, iter(events), problems).document()
    except yaml.YAMLError as error:
        raise broken_yaml(source, error) from error
    problems.raise_any()
    return root


class _Parser:
    """Builds nodes from a stream of events."""

    def __init__(self, source: SourceFile, events: Iterator[Any], problems: Problems) -> None:
        self._source = source
        self._events = events
        self._problems = problems
        self._anchors: dict[str, AnyNode] = {}
        self._sizes: dict[str, int] = {}
        self._count = 0
        self._depth = 0

    def document(self) -> AnyNode:
        """Return the root; an empty file is an empty mapping."""
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                root = self._node(next(self._events))
                self._refuse_second_document()
                return root
        return Mapping(source=self._source, start=0, end=0, entries=(), is_flow=False)

    def _refuse_second_document(self) -> None:
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                mark: Any = event.start_mark  # a parsed event has one
                at = mark.index
                problem = problem_in(
                    self._source, at, at + 3, "a second document; a file holds one scenario"
                )
                raise InvalidScenarioError([problem])

    def _node(self, event: Any) -> AnyNode:
        if isinstance(event, AliasEvent):
            return self._alias(event)
        before = self._count
        self._grow(event, 1)
        self._depth += 1
        if self._depth > _DEPTH_MAX:
            raise self._refused(event, f"nested more than {_DEPTH_MAX} deep")
        self._refuse_tag(event)
        node: AnyNode
        if isinstance(event, ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, SequenceStartEvent):
            node = self._sequence(event)
        else:
            assert isinstance(event, MappingStartEvent), "no other event begins a node"
            node = self._mapping(event)
        self._depth -= 1
        if event.anchor is not None:
            self._anchors[event.anchor] = node
            self._sizes[event.anchor] = self._count - before
        return node

    def _refuse_tag(self, event: Any) -> None:
        """Refuse a tag that says anything: to leave it out would change the author's meaning."""
        if event.tag not in _MEANINGLESS_TAGS:
            start = event.start_mark.index
            written = _PROPERTIES.match(self._source.text, start)
            assert written is not None, "the pattern matches the empty text too"
            end = start + len(written.group().rstrip())
            text = f"the tag {written.group().strip()!r} means nothing here; write the plain value"
            self._problems.extend([problem_in(self._source, start, end, text)])

    def _grow(self, event: Any, size: int) -> None:
        """Count nodes, copies too, before they are made."""
        self._count += size
        if self._count > _NODES_MAX:
            raise self._refused(event, f"more than {_NODES_MAX:,} values, aliases written out")

    def _refused(self, event: Any, text: str) -> InvalidScenarioError:
        start, end = event.start_mark.index, event.end_mark.index
        return InvalidScenarioError([problem_in(self._source, start, max(end, start + 1), text)])

    def _content_start(self, event: Any) -> int:
        """Return where the node begins after its anchor and its tag."""
        start: int = event.start_mark.index
        if event.anchor is None and event.tag is None:
            return start
        match = _PROPERTIES.match(self._source.text, start)
        assert match is not None, "the pattern matches the empty text too"
        return match.end()

    def _scalar(self, event: Any) -> Scalar:
        is_plain = not event.style
        start, end = self._content_start(event), event.end_mark.index
        if event.style in ("|", ">"):
            end = start + len(self._source.text[start:end].rstrip())
        value = resolve(event.value) if is_plain and event.implicit[0] else event.value
        return Scalar(
            source=self._source, start=min(start, end), end=end, value=value, is_plain=is_plain
        )

    def _sequence(self, event: Any) -> Sequence:
        items: list[AnyNode] = []
        for inner in self._events:
            if isinstance(inner, SequenceEndEvent):
                start, end = self._span(event, inner, items)
                return Sequence(
                    source=self._source,
                    start=start,
                    end=end,
                    items=tuple(items),
                    is_flow=bool(event.flow_style),
                )
            items.append(self._node(inner))
        raise AssertionError("the parser ends every list that it begins")

    def _mapping(self, event: Any) -> Mapping:
        entries: list[tuple[Scalar, AnyNode]] = []
        merged: list[AnyNode] = []
        for inner in self._events:
            if isinstance(inner, MappingEndEvent):
                last = [value for _, value in entries] + merged
                start, end = self._span(event, inner, last)
                return Mapping(
                    source=self._source,
                    start=start,
                    end=end,
                    entries=_with_merged(entries, merged),
                    is_flow=bool(event.flow_style),
                )
            name, value = self._node(inner), self._node(next(self._events))
            if not isinstance(name, Scalar):
                self._problems.add(name, "a list or a mapping cannot be a key")
            elif name.is_plain and name.value == "<<":
                self._merge(value, merged)
            else:
                self._refuse_duplicate(name, entries)
                entries.append((name, self._beside(name, value)))
        raise AssertionError("the parser ends every mapping that it begins")

    def _beside(self, name: Scalar, value: AnyNode) -> AnyNode:
        """Return *value*, a missing one placed just after its key's colon, where it belongs."""
        if not isinstance(value, Scalar) or value.start != value.end:
            return value
        colon = self._source.text.find(":", name.end)
        at = name.end if colon < 0 else colon + 1
        return replace(value, start=at, end=at)

    def _refuse_duplicate(self, name: Scalar, entries: list[tuple[Scalar, AnyNode]]) -> None:
        for earlier, _ in entries:
            if earlier.value == name.value:
                line = earlier.location.line
                self._problems.add(
                    name, f"the key {name.value!r} stands twice; it is also on line {line}"
                )

    def _merge(self, value: AnyNode, merged: list[AnyNode]) -> None:
        sources = value.items if isinstance(value, Sequence) else (value,)
        for each in sources:
            if isinstance(each, Mapping):
                merged.append(each)
            else:
                self._problems.add(each, "only mappings can be merged with '<<'")

    def _alias(self, event: Any) -> AnyNode:
        start, end = event.start_mark.index, event.end_mark.index
        node = self._anchors.get(event.anchor)
        if node is None:
            raise self._refused(event, f"no anchor '&{event.anchor}' stands before this alias")
        self._grow(event, self._sizes[event.anchor])
        return replace(borrowed(node), start=start, end=end)

    def _span(self, first: Any, last: Any, children: list[AnyNode]) -> tuple[int, int]:
        """Return the span of a collection; a block one ends with its last child."""
        start = self._content_start(first)
        if first.flow_style:
            return start, last.end_mark.index
        end = max((child.end for child in children), default=start)
        return start, max(start, end)


def borrowed(node: AnyNode) -> AnyNode:
    """Return *node* and all below it marked as standing elsewhere."""
    match node:
        case Scalar():
            return replace(node, is_borrowed=True)
        case Sequence():
            return replace(node, items=tuple(map(borrowed, node.items)), is_borrowed=True)
        case Mapping():
            entries = tuple((key, borrowed(value)) for key, value in node.entries)
            return replace(node, entries=entries, is_borrowed=True)


def _with_merged(
    entries: list[tuple[Scalar, AnyNode]], merged: list[AnyNode]
) -> tuple[tuple[Scalar, AnyNode], ...]:
    """Return *entries* and those of the merged mappings that nobody before has given."""
    known = {key.value for key, _ in entries}
    result = list(entries)
    for mapping in merged:
        assert isinstance(mapping, Mapping), "others were refused"
        for key, value in mapping.entries:
            if key.value not in known:
                known.add(key.value)
                result.append((key, borrowed(value)))
    return tuple(result)
