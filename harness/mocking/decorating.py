"""Decorating: a mock around functions, coroutines, generators and the methods of a class."""

import inspect
import unittest
from collections.abc import AsyncIterator, Callable, Generator
from functools import wraps
from types import FunctionType
from typing import Any, Protocol

_SET_UP = ("setUp", "setup_method")


class Startable(Protocol):
    """A mock, as far as a decorator needs one."""

    def start(self, *, reset: bool = True) -> None:
        """Start it, with a fresh account if *reset*."""
        ...

    def stop(self, *, remove_data: bool = True) -> None:
        """Stop it, and forget the account if *remove_data*."""
        ...


def decorated(
    function: Callable[..., Any],
    mock: Startable,
    *,
    reset: bool = True,
    remove_data: bool = True,
) -> Callable[..., Any]:
    """Return *function* with *mock* around each call, or around the whole life of a generator."""
    wrapper: Callable[..., Any]

    def start() -> None:
        mock.start(reset=reset)

    def stop() -> None:
        mock.stop(remove_data=remove_data)

    if inspect.isasyncgenfunction(function):

        async def wrapper(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            start()
            try:
                async for value in function(*args, **kwargs):
                    yield value
            finally:
                stop()

    elif inspect.iscoroutinefunction(function):

        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            start()
            try:
                return await function(*args, **kwargs)
            finally:
                stop()

    elif inspect.isgeneratorfunction(function):

        def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            start()
            try:
                return (yield from function(*args, **kwargs))
            finally:
                stop()

    else:

        def wrapper(*args: Any, **kwargs: Any) -> Any:
            start()
            try:
                return function(*args, **kwargs)
            finally:
                stop()

    return wraps(function)(wrapper)


def decorate_class(chosen: type, mock: Startable) -> None:
    """Put *mock* around every public method that *chosen* itself defines.

    As moto does it: with a ``setUp`` or ``setup_method``, the account begins there and lasts until
    the next one; without, each test method has a fresh account.
    """
    prepares = _has_set_up(chosen)
    for name, value in list(vars(chosen).items()):
        if name.startswith("_"):
            continue
        if inspect.isclass(value):
            decorate_class(value, mock)
        elif isinstance(value, FunctionType):
            is_test = name.startswith(unittest.TestLoader.testMethodPrefix)
            alone = is_test and not prepares
            setattr(
                chosen,
                name,
                decorated(value, mock, reset=alone or name in _SET_UP, remove_data=alone),
            )


def _has_set_up(chosen: type) -> bool:
    names = {name for ancestor in chosen.__mro__ for name in vars(ancestor)}
    if issubclass(chosen, unittest.TestCase):
        # Every test case inherits an empty setUp; only one that was written counts.
        return chosen.setUp is not unittest.TestCase.setUp or "setup_method" in names
    return "setup_method" in names or "setup" in names
