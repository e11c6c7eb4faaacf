"""A name for a frame: what a stack trace calls it when nobody is left to explain."""

from collections.abc import Callable
from functools import partial
from typing import Any


def named(method: Any, argument: Any, name: str) -> Callable[[], Any]:
    """Return ``method(argument)`` to be called, in a frame that stack traces call *name*.

    A process that is ended from C code can tell no more than its stack; so the stack says which
    invocation it was.
    """
    function = method.__func__
    renamed = type(function)(
        function.__code__.replace(co_name=name),
        function.__globals__,
        closure=function.__closure__,
    )
    return partial(renamed, method.__self__, argument)
