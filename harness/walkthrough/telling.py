"""Telling: the trail of a fan as hops; whatever they say is read from the run."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from harness.kernel.journal import Entry
from harness.walkthrough import semantics
from harness.walkthrough.hop import Hop
from harness.walkthrough.places import Places
from harness.walkthrough.recorder import Recording
from harness.walkthrough.trail import Handling, Source, Trail
from harness.walkthrough.wording import counted, handler_path, shown_path
from harness.world.plainitem import plain_item

HOPS_MAX = 12
_ITEMS_SHOWN = 2


class Teller:
    """Tells one trail."""

    def __init__(self, recording: Recording, trail: Trail) -> None:
        self._recording = recording
        self._trail = trail
        self._topology = recording.world.topology
        self._places = Places(recording, trail)

    def hops(self) -> list[Hop]:
        """Return the hops in the order of the run, `HOPS_MAX` at most, and where it ended."""
        chosen = _ends_of(self._trail.handlings)
        hops = [self._source(source) for source in self._trail.sources]
        for handling in chosen:
            hops.append(self._handling(handling, is_last=handling is chosen[-1]))
            hops += self._places.arrivals(handling)
        if chosen:
            hops += self._places.answers(chosen[-1])
        # A hop about the same instant as another stays behind it: sorting keeps the order.
        hops.sort(key=lambda hop: hop.instant)
        return [*hops[: HOPS_MAX - 1], self._end()]

    # The beginning and the end

    def _source(self, source: Source) -> Hop:
        bucket_name, _, object_key = source.entry.subject.partition("/")
        name, count = self._trail.mention.name, len(source.rows)
        return Hop(
            f"A file arrives: {object_key}",
            source.entry.instant,
            [
                (
                    f"{object_key} ({source.entry.details['size']:,} bytes) is put into the bucket"
                    f" {bucket_name}; {counted(count, 'row')} of it"
                    f" {'is' if count == 1 else 'are'} about {name}."
                )
            ],
            [(f"row {number}", row) for number, row in enumerate(source.rows, start=1)],
            list(semantics.of_object(self._topology, bucket_name, object_key)),
            [shown_path(self._topology.path)],
        )

    def _end(self) -> Hop:
        world, mention = self._recording.world, self._trail.mention
        found = [
            (name, item)
            for name, table in world.dynamodb.tables.items()
            for item in map(plain_item, iter(table.items.values()))
            if mention.is_in(item)
        ]
        times: dict[str, int] = {}
        for handling in self._trail.handlings:
            times[handling.entry.subject] = times.get(handling.entry.subject, 0) + 1
        visited = ", ".join(
            name if count == 1 else f"{name} ({count} times)" for name, count in times.items()
        )
        return Hop(
            f"At rest: what is left of {mention.name}",
            world.journal[len(world.journal) - 1].instant,
            [
                f"{counted(len(found), 'item')} in the tables mention {mention.name} now.",
                f"Handled by {visited}." if visited else "No function has handled it.",
            ],
            [(f"an item of {name}", item) for name, item in found],
        )

    # Invocations

    def _handling(self, handling: Handling, *, is_last: bool) -> Hop:
        entry = handling.entry
        function = self._topology.function(entry.subject)
        assert function is not None, "the template has every function that was invoked"
        hop = Hop(f"{entry.subject} is invoked by {entry.actor}", entry.instant)
        if function.description:
            hop.happened.append(f"What it is for: {function.description}")
        hop.happened.append(self._handed_over(handling))
        for part in handling.parts[:1]:
            hop.shown.append((f"what it was handed ({part.source} {part.label})", part.content))
        hop.happened += self._deeds(handling)
        hop.shown += self._changes(handling)
        if not is_last:
            # What the last one tells a partner has a hop of its own.
            hop.shown += self._requests(handling)
        if handling.ended is not None and "payload" in handling.ended.details:
            hop.shown.append(("what it returned", handling.ended.details["payload"]))
        hop.why += semantics.of_invocation(self._topology, function, entry.actor)
        for table_name in dict.fromkeys(_table_of(item) for item in _items(handling.effects)):
            hop.why += semantics.of_change(self._topology, table_name)
        hop.where.append(handler_path(function))
        return hop

    def _handed_over(self, handling: Handling) -> str:
        entry, count = handling.entry, len(handling.parts)
        environment = f"execution environment {entry.details['environment']}"
        start = "a cold start in" if entry.details["cold"] else "in the warm"
        return (
            f"{entry.actor} hands over an event of {counted(handling.part_count, 'record')},"
            f" {start} {environment}; {count} of them {'is' if count == 1 else 'are'} about"
            f" {self._trail.mention.name}."
        )

    def _deeds(self, handling: Handling) -> Iterator[str]:
        """Yield what the invocation did to the world, a sentence for each kind."""
        puts: dict[str, int] = {}
        for entry in handling.effects:
            if entry.kind == "records":
                stream_name = entry.subject.rpartition("/")[0]
                puts[stream_name] = puts.get(stream_name, 0) + entry.details["count"]
        for stream_name, count in puts.items():
            yield f"It puts {counted(count, 'record')} on {stream_name}."
        for entry in handling.effects:
            if entry.kind == "message":
                yield f"It sends a message to {entry.subject}."
            elif entry.kind == "http":
                details = entry.details
                answer = details["status"] or details.get("problem", "no answer")
                yield f"It asks {entry.subject}: {details['method']} {details['path']} -> {answer}."
        changed: dict[str, int] = {}
        for item in _items(handling.effects):
            changed[_table_of(item)] = changed.get(_table_of(item), 0) + 1
        for table_name, count in changed.items():
            yield f"It changes {counted(count, 'item')} of {table_name}."
        if handling.ended is not None and handling.ended.kind == "failed":
            yield f"It fails: {handling.ended.details['error_type']}."

    def _changes(self, handling: Handling) -> Iterator[tuple[str, Any]]:
        """Yield items before and after: those about the fan, or else the last ones changed."""
        items = list(_items(handling.effects))
        mention = self._trail.mention
        own = [item for item in items if mention.is_in(item.subject)]
        for item in own[:_ITEMS_SHOWN] or items[-1:]:
            images = self._recording.images(item.index)
            if images.before is not None:
                yield f"{item.subject}, before", images.before
            what = "after" if images.before is not None else "new"
            yield f"{item.subject}, {what}", images.after

    def _requests(self, handling: Handling) -> Iterator[tuple[str, Any]]:
        for entry in handling.effects:
            request = self._recording.request(entry.index) if entry.kind == "http" else None
            if request is not None:
                yield f"what it told {entry.subject}", self._own_part(request)

    def _own_part(self, request: Any) -> Any:
        """Return *request* with only the fan's members in its lists, where there are any."""
        mention = self._trail.mention
        if isinstance(request, dict):
            return {name: self._own_part(value) for name, value in request.items()}
        if isinstance(request, list):
            return [each for each in request if mention.is_in(each)] or request
        return request


def _ends_of(handlings: Iterable[Handling]) -> list[Handling]:
    """Return the first and the last handling of each function, in order."""
    first: dict[str, Handling] = {}
    last: dict[str, Handling] = {}
    for handling in handlings:
        first.setdefault(handling.entry.subject, handling)
        last[handling.entry.subject] = handling
    chosen = {each.entry.index: each for each in chain(first.values(), last.values())}
    return [chosen[index] for index in sorted(chosen)]


def _items(entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.kind == "item")


def _table_of(item: Entry) -> str:
    return item.subject.partition(" ")[0]
