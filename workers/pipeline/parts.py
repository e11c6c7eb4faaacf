"""A file in parts: where Lambda's quarter of an hour is not enough, the next invocation goes on.

A part that went well hands the rest to its own function, and returns what it counted.  One in which
anything failed hands nothing on: Lambda repeats it from its own start, so that parts never multiply.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from workers.clients.aws import CALL_SECONDS
from workers.clients.functions import invoke_later
from workers.errors import RetryableError
from workers.events.s3 import CreatedObject, resuming_event
from workers.pipeline.invocation import Invocation

HAND_ON_SECONDS = CALL_SECONDS
"""How long handing on may take."""
OUT_OF_TIME = "time ran out before the end of a file"

PASSED_OVER_MAX = 10_000
"""So many rows from which nothing is taken are read between two looks at the clock: a moment's work."""

Taken = TypeVar("Taken")
Take = Callable[[CreatedObject], int | None]
"""Takes rows of an object until time runs out, and returns the place then; None at its end."""


def work_through(objects: Sequence[CreatedObject], take: Take) -> list[CreatedObject]:
    """Take *objects* one after the other and return those that are not done, each with its place."""
    for position, created in enumerate(objects):
        place = take(created)
        if place is not None:
            return [replace(created, after_line=place), *objects[position + 1 :]]
    return []


def next_group(
    rows: Iterator[tuple[int, Taken | None]], most: int
) -> tuple[list[Taken], int | None]:
    """Return what is to be taken of the next *rows*, and the place of the last one that was read.

    A row from which nothing is taken counts as read: there may be millions of them in a row.  The
    place is None if these are the last rows.
    """
    group: list[Taken] = []
    passed_over = 0
    for place, one in rows:
        if one is None:
            passed_over += 1
            if passed_over == PASSED_OVER_MAX:
                return group, place
        else:
            group.append(one)
            if len(group) == most:
                return group, place
    return group, None


def end_part(invocation: Invocation, rest: list[CreatedObject], problems: list[str]) -> None:
    """Hand *rest* on if there were no *problems*; raises RetryableError with those there are.

    Call it last: what comes after the hand-on might fail, and the part then comes again.  A part that
    took nothing would hand on what it was given, and so without end: it fails.
    """
    if rest and (problems or rest == invocation.batch.objects):
        problems.append(OUT_OF_TIME)
    elif rest:
        try:
            _hand_on(invocation, rest)
        except RetryableError as error:
            problems.append(str(error))
    if problems:
        raise RetryableError("; ".join(problems))


def _hand_on(invocation: Invocation, rest: list[CreatedObject]) -> None:
    if not invocation.has_time(HAND_ON_SECONDS):
        raise RetryableError("there was no time left to hand on")
    invoke_later(
        invocation.services.aws.functions,
        invocation.context.invoked_function_arn,
        resuming_event(rest),
    )
    invocation.info("handed on", after_line=rest[0].after_line, objects=len(rest))
