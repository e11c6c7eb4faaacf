"""A stand-in for threads: whatever is submitted is done on the spot.

What is left of a handler's time under it is the work itself, without the price of threads.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Any, Self


class DirectExecutor:
    """Has the interface of `concurrent.futures.ThreadPoolExecutor`, and no thread."""

    def __init__(self, *_: Any, initializer: Any = None, initargs: Any = (), **__: Any) -> None:
        if initializer is not None:
            initializer(*initargs)

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the work now and return its future, which is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - a future holds whatever was raised
            future.set_exception(error)
        return future

    def map(self, work: Callable[..., Any], *iterables: Iterable[Any], **_: Any) -> Iterator[Any]:
        """Return the results in order, all of them worked out before the first is taken."""
        return iter([work(*arguments) for arguments in zip(*iterables, strict=False)])

    def shutdown(self, **_: Any) -> None:
        """Do nothing: nothing is under way."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
