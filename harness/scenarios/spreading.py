"""Spreading: work on files, here or in several processes."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

DIED = "a process that ran scenarios has died; find out which with -n 1"


def each_file(
    paths: Sequence[Path],
    work: Callable[[Path], Result],
    *,
    worker_count: int,
    died: Callable[[Path], Result],
) -> Iterator[tuple[int, Result]]:
    """Yield the place of each of *paths* and what *work* makes of it, as it ends.

    *died* says what stands for a file whose process has died; it takes no other's result with it.
    """
    if worker_count < 2 or len(paths) < 2:  # noqa: PLR2004 - one worker, or one file, is this process
        yield from ((index, work(path)) for index, path in enumerate(paths))
        return
    pool = ProcessPoolExecutor(min(worker_count, len(paths)), initializer=_leave_ctrl_c)
    futures = {pool.submit(work, path): index for index, path in enumerate(paths)}
    try:
        for future in as_completed(futures):
            index = futures[future]
            try:
                result = future.result()
            except BrokenExecutor:
                result = died(paths[index])
            yield index, result
    finally:
        # Said once, and not by `with`: a second word without it would take the cancelling back.
        pool.shutdown(cancel_futures=True)


def _leave_ctrl_c() -> None:
    """Let Ctrl-C, which a terminal sends to every process, be the business of the first one.

    The file that a process is at is then run to its end, and no lock of the pool is left taken.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
