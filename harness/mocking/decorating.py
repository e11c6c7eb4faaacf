"""Decorating: a mock around functions, coroutines, generators and the methods of a class."""

import inspect
import unittest
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from types import FunctionType
from typing import Any, Protocol

_SET_UP = ("setUp", "setup_method")
_GIVEN_THE_TEST = ("setup_method", "teardown_method")
"""What pytest hands the test method to if the function's code has room for it."""

Around = Callable[[], AbstractContextManager[None]]
"""Makes what a mock is around a call."""


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

    @contextmanager
    def around() -> Iterator[None]:
        mock.start(reset=reset)
        try:
            yield
        finally:
            mock.stop(remove_data=remove_data)

    if inspect.isasyncgenfunction(function):
        wrapper = _async_generator(function, around)
    elif inspect.iscoroutinefunction(function):
        wrapper = _coroutine(function, around)
    elif inspect.isgeneratorfunction(function):
        wrapper = _generator(function, around)
    else:
        wrapper = _plain(function, around)
    return wraps(function)(wrapper)


def _plain(function: Callable[..., Any], around: Around) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with around():
            return function(*args, **kwargs)

    return wrapper


def _generator(function: Callable[..., Any], around: Around) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with around():
            return (yield from function(*args, **kwargs))

    return wrapper


def _coroutine(function: Callable[..., Any], around: Around) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        with around():
            return await function(*args, **kwargs)

    return wrapper


def _async_generator(function: Callable[..., Any], around: Around) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        with around():
            async for value in function(*args, **kwargs):
                yield value

    return wrapper


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
            starts = alone or name in _SET_UP
            around = decorated(value, mock, reset=starts, remove_data=alone)
            takes_itself_alone = value.__code__.co_argcount == 1 and name in _GIVEN_THE_TEST
            setattr(chosen, name, _of_itself_alone(around) if takes_itself_alone else around)


def _of_itself_alone(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return *method* with a signature that pytest sees takes no test."""

    @wraps(method)
    def wrapper(itself: Any) -> Any:
        return method(itself)

    return wrapper


def _has_set_up(chosen: type) -> bool:
    names = {name for ancestor in chosen.__mro__ for name in vars(ancestor)}
    if issubclass(chosen, unittest.TestCase):
        # Every test case inherits an empty setUp; only one that was written counts.
        return chosen.setUp is not unittest.TestCase.setUp or "setup_method" in names
    return "setup_method" in names or "setup" in names
