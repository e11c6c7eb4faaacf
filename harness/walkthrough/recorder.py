"""Recorder: keeps, of one run, what the journal only mentions: events, item images, requests."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.kernel.journal import Entry
from harness.runtime.invocation import Invocation
from harness.services.dynamodb.changes import ItemChanged
from harness.world.plainitem import plain_item
from harness.world.world import World

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Images:
    """An item before and after a change; None where there was or is none."""

    before: Item | None
    after: Item | None


@dataclass(slots=True)
class Recording:
    """A run that can be read once it is over."""

    world: World
    _events: dict[int, str] = field(default_factory=dict)
    _images: dict[int, ItemChanged] = field(default_factory=dict)
    _requests: dict[int, Any] | None = None

    def event(self, invocation: int) -> Any:
        """Return the event of the invocation whose entry is *invocation*."""
        text = self._events.get(invocation)
        return None if text is None else json.loads(text)

    def images(self, item: int) -> Images:
        """Return what the item was and is whose change the entry *item* tells of."""
        record = self._images[item].record
        before, after = record.old_image, record.new_image
        return Images(
            None if before is None else plain_item(before),
            None if after is None else plain_item(after),
        )

    def request(self, call: int) -> Any:
        """Return the body of the HTTP call that the entry *call* tells of, masked."""
        if self._requests is None:
            self._requests = dict(self._read_requests())
        return self._requests.get(call)

    def chain(self, entry: Entry) -> list[Entry]:
        """Return *entry* and its causes, the first cause first."""
        return self.world.journal.chain(entry.index)

    def _read_requests(self) -> Iterator[tuple[int, Any]]:
        # A partner keeps its calls in the order in which it writes them down.
        calls = {name: iter(partner.calls) for name, partner in self.world.partners.items()}
        for entry in self.world.journal.of_kind("http"):
            if entry.subject in calls:
                yield entry.index, next(calls[entry.subject]).request


def record(world: World) -> Recording:
    """Keep what happens in the open *world* from now on."""
    recording = Recording(world)

    def on_invocation(invocation: Invocation) -> None:
        # A handler may change its event: it is kept as it was.
        recording._events[invocation.entry] = json.dumps(invocation.event, default=str)  # noqa: SLF001 - the recording is filled here

    def on_item(change: ItemChanged) -> None:
        recording._images[len(world.journal) - 1] = change  # noqa: SLF001 - the same

    world.invoker.observers.append(on_invocation)
    world.changes.subscribe(ItemChanged, on_item)
    return recording
