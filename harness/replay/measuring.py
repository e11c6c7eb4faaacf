"""Measuring: a replayed world -> its summary, by folding the journal once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module

from harness.kernel.instant import Duration
from harness.kernel.journal import Entry
from harness.replay.campaign import Campaign
from harness.replay.lineage import Lineage
from harness.replay.player import Player
from harness.replay.spread import Durations, Spread
from harness.replay.summary import (
    ROOT,
    FunctionSummary,
    InvariantSummary,
    PartnerSummary,
    Summary,
)
from harness.results.raised import described
from harness.scenarios.documents.problems import InvalidScenarioError, problem_at
from harness.scenarios.expectations.invariants import complaints_of, name_of
from harness.scenarios.run import imported
from harness.world.view import View
from harness.world.world import World

PER_RECORD = ("call", "item", "log", "message")
"""What a journal leaves out that is written batch by batch."""

_REFUSED = 400


@dataclass(slots=True)
class _Tally:
    """What is counted of one function or partner."""

    counts: Counter[str] = field(default_factory=Counter)
    durations: dict[str, Durations] = field(default_factory=dict)
    """By the kind of the outside event."""

    def add(self, kind: str, duration: Duration, weight: float) -> None:
        self.durations.setdefault(kind, Durations()).add(duration, weight)

    def latency(self) -> tuple[Spread | None, str]:
        """Return the spread since objects, or else since what there is most of."""
        spreads = {kind: found.spread() for kind, found in self.durations.items()}
        if ROOT in spreads:
            return spreads[ROOT], ROOT
        for kind, spread in spreads.items():
            return spread, kind
        return None, ""


def summarise(campaign: Campaign, player: Player) -> Summary:
    """Return what the replay of *campaign* came to."""
    world = player.world
    functions = {each.logical_id: _Tally() for each in world.topology.functions}
    partners = {name: _Tally() for name in world.partners}
    entries = list(player.run.entries())
    _fold(world, entries, functions, partners)
    view = world.view()
    objects = [entry for entry in entries if entry.kind == ROOT and entry.cause is None]
    last = max((entry.instant for entry in entries), default=player.run.started)
    return Summary(
        title=campaign.title,
        seed=world.seed,
        objects=len(objects),
        object_bytes=sum(entry.details.get("size", 0) for entry in objects),
        rows=campaign.rows,
        records=_records(entries),
        items={name: len(items) for name, items in view.tables.items()},
        dead_letters={name: len(bodies) for name, bodies in view.dead_letters.items()},
        functions=tuple(_function(name, tally) for name, tally in functions.items()),
        partners=tuple(_partner(name, tally) for name, tally in partners.items()),
        invariants=tuple(_invariants(campaign, world, view)),
        duration=Duration(last - player.run.started),
        is_per_record=world.journal.per_record,
        entries=len(world.journal),
        digest=world.digest(),
    )


def _fold(
    world: World,
    entries: Iterable[Entry],
    functions: dict[str, _Tally],
    partners: dict[str, _Tally],
) -> None:
    journal = world.journal
    streams = {
        mapping.logical_id: mapping.source_name
        for mapping in world.topology.mappings
        if mapping.source_kind == "kinesis"
    }
    lineage = Lineage(list(journal), streams)

    def sample(tally: _Tally, entry: Entry) -> None:
        size = lineage.size(entry.index)
        for index, share in lineage.shares(entry.index):
            root = journal[index]
            tally.add(root.kind, Duration(entry.instant - root.instant), size * share)

    for entry in entries:
        if entry.kind == "http":
            partner = partners.get(entry.subject)
            if partner is not None:
                status = entry.details["status"]
                is_answered = status is not None and status < _REFUSED
                partner.counts["answered" if is_answered else "refused"] += 1
                if is_answered:
                    sample(partner, entry)
            continue
        function = functions.get(entry.subject)
        if function is None:
            continue
        function.counts[entry.kind] += 1
        if entry.kind == "returned":
            sample(function, entry)
        elif entry.kind in ("batch", "batch_dropped"):
            function.counts[f"{entry.kind} size"] += entry.details["size"]


def _records(entries: Iterable[Entry]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for entry in entries:
        if entry.kind == "records":
            counts[entry.subject.rpartition("/")[0]] += entry.details["count"]
    return dict(counts)


def _function(name: str, tally: _Tally) -> FunctionSummary:
    counts = tally.counts
    latency, since = tally.latency()
    return FunctionSummary(
        name=name,
        invocations=counts["invocation"],
        records=counts["batch size"],
        failed=counts["failed"],
        throttled=counts["throttled"],
        batches_failed=counts["batch_failed"],
        dropped=counts["batch_dropped size"],
        latency=latency,
        since=since,
    )


def _partner(name: str, tally: _Tally) -> PartnerSummary:
    latency, since = tally.latency()
    return PartnerSummary(name, tally.counts["answered"], tally.counts["refused"], latency, since)


def _invariants(campaign: Campaign, world: World, view: View) -> Iterator[InvariantSummary]:
    for target in world.configuration.invariants:
        name, check = name_of(target), imported(target, campaign.root)
        try:
            complaints = tuple(complaints_of(check, view))
        except Exception as error:
            text = f"the invariant {name} cannot be checked: {described(error)}"
            raise InvalidScenarioError([problem_at(campaign.root, text)]) from error
        yield InvariantSummary(
            name, complaints, () if world.journal.per_record else _unseen(target)
        )


def _unseen(target: str) -> tuple[str, ...]:
    """Return what the invariant would look at and what a journal of batches leaves out.

    An invariant's module says so itself, with a tuple ``JOURNAL_KINDS``.
    """
    module = import_module(target.partition(":")[0])
    wanted: Iterable[str] = getattr(module, "JOURNAL_KINDS", ())
    return tuple(kind for kind in wanted if kind in PER_RECORD)
