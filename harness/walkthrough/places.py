"""Places: where something lies between two invocations: a stream, a queue, a partner's hands."""

from collections.abc import Iterator

from harness.kernel.journal import Entry
from harness.walkthrough import semantics
from harness.walkthrough.hop import Hop
from harness.walkthrough.recorder import Recording
from harness.walkthrough.trail import Handling, Trail, records_about
from harness.walkthrough.wording import counted, handler_path, shown_path


class Places:
    """Tells of the streams, queues and partners on a trail."""

    def __init__(self, recording: Recording, trail: Trail) -> None:
        self._recording = recording
        self._trail = trail
        self._topology = recording.world.topology
        self._told: set[tuple[str, str]] = set()
        """Streams and queues that have had a hop."""

    def arrivals(self, handling: Handling) -> Iterator[Hop]:
        """Yield a hop for the first record on each stream and the first message of each queue."""
        for entry in handling.effects:
            if entry.kind == "records":
                stream_name = entry.subject.rpartition("/")[0]
                if self._is_read(stream_name) and ("stream", stream_name) not in self._told:
                    yield from self._record(entry, stream_name)
            elif entry.kind == "message" and ("queue", entry.subject) not in self._told:
                self._told.add(("queue", entry.subject))
                yield self._message(entry)

    def _is_read(self, source_name: str) -> bool:
        return any(each.source_name == source_name for each in self._topology.mappings)

    def _record(self, entry: Entry, stream_name: str) -> Iterator[Hop]:
        found = records_about(self._recording, entry, self._trail.mention)
        if not found:
            return
        self._told.add(("stream", stream_name))
        shard_id = found[0][0]
        hop = Hop(f"A record lies in {stream_name}", entry.instant)
        hop.happened.append(
            f"Of {counted(entry.details['count'], 'record')} that {entry.actor} puts into"
            f" {shard_id}, {len(found)} {'is' if len(found) == 1 else 'are'} about {self._trail.mention.name}."
        )
        hop.shown += [(f"record {number}", content) for _, number, content in found]
        hop.why += semantics.of_put(self._topology, stream_name)
        hop.where.append(shown_path(self._topology.path))
        yield hop

    def _message(self, entry: Entry) -> Hop:
        hop = Hop(f"A message waits in {entry.subject}", entry.instant)
        hop.happened.append(
            f"{entry.actor} has sent message {entry.details['message_id']} to {entry.subject};"
            " it speaks of the campaign as a whole, not of one fan."
        )
        for handling in self._trail.handlings:
            for part in handling.parts:
                if part.label == entry.details["message_id"]:
                    hop.shown.append(("its body", part.content["body"]))
        del hop.shown[1:]
        hop.why += semantics.of_message(self._topology, entry.subject)
        hop.where.append(shown_path(self._topology.path))
        return hop

    def answers(self, last: Handling) -> Iterator[Hop]:
        """Yield a hop for what the last invocation of the trail told a partner: the end of it."""
        for entry in last.effects:
            request = self._recording.request(entry.index) if entry.kind == "http" else None
            if request is None:
                continue
            partner = self._recording.world.partners[entry.subject]
            hop = Hop(f"{entry.subject} is told", entry.instant)
            hop.happened.append(
                f"{entry.actor} sends {entry.details['method']} {entry.details['path']} to"
                f" {entry.subject}, which answers {entry.details['status']}."
            )
            hop.shown.append((f"what {entry.subject} received", request))
            hop.why.append(
                f"{entry.subject} stands for {partner.url}; HTTP knows no transaction with"
                " a table, so what was told is written down afterwards."
            )
            function = self._topology.function(entry.actor)
            hop.where += [] if function is None else [handler_path(function)]
            yield hop
