"""Many slow calls at once, with a bound."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def concurrently(
    work: Callable[[Task], Result], tasks: Sequence[Task], *, concurrency: int
) -> list[Result]:
    """Return ``work(task)`` for each task, in the order of *tasks*, *concurrency* at a time.

    The threads live no longer than the call: Lambda freezes an environment between invocations,
    and a thread that was frozen in the middle of a request wakes up to a dead connection.  Each
    thread walks through a share of the tasks, so a task costs no hand-over of its own.
    """
    lanes = min(concurrency, len(tasks))
    if lanes <= 1:
        return [work(task) for task in tasks]

    def walk(lane: int) -> list[Result]:
        return [work(task) for task in tasks[lane::lanes]]

    with ThreadPoolExecutor(max_workers=lanes) as executor:
        shares = list(executor.map(walk, range(lanes)))
    return [shares[position % lanes][position // lanes] for position in range(len(tasks))]
