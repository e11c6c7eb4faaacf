"""Progress: a bar that follows a replay, with the virtual clock beside it."""

from collections import Counter
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from harness.kernel.instant import Duration, Instant
from harness.replay.campaign import Campaign
from harness.scenarios.durations import format_duration
from harness.world.world import World

_SECOND = 1_000_000


class ProgressBar:
    """Shows how many of the rows have reached the busiest mapping.

    It draws only when it is told to look, for a thread that draws by itself would see the bent
    clock of the simulation.
    """

    def __init__(self, campaign: Campaign, console: Console, *, is_shown: bool) -> None:
        self._arrival_count = len(campaign.arrivals)
        self._rows = campaign.rows
        self._start: Instant | None = None
        self._seen = 0
        self._delivered: Counter[str] = Counter()
        self._progress = Progress(
            TextColumn("{task.fields[clock]:>10}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[news]}"),
            TimeElapsedColumn(),
            console=console,
            auto_refresh=False,
            transient=True,
            disable=not is_shown,
        )
        self._task = self._progress.add_task(
            "replay", total=self._rows or self._arrival_count or 1, clock="0s", news=""
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def see(self, world: World, arrived: int) -> None:
        """Look at *world* and draw."""
        if self._progress.disable:
            return
        if self._start is None:
            self._start = world.now
        for index in range(self._seen, len(world.journal)):
            entry = world.journal[index]
            if entry.kind == "batch":
                self._delivered[entry.actor] += entry.details["size"]
        self._seen = len(world.journal)
        delivered = sum(self._delivered.values())
        busiest = max(self._delivered.values(), default=0)
        elapsed = (world.now - self._start) // _SECOND * _SECOND
        self._progress.update(
            self._task,
            completed=min(busiest, self._rows) if self._rows else arrived,
            clock=format_duration(Duration(elapsed)),
            news=f"{arrived}/{self._arrival_count} arrivals, {delivered:,} records delivered",
            refresh=True,
        )
