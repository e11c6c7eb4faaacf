"""A worker and the steps around it, as the function that Lambda calls."""

from collections.abc import Callable, Sequence
from typing import Any

from workers.pipeline.invocation import Invocation, Proceed, Response, Step

LambdaHandler = Callable[[Any, Any], Response]


def compose(worker: str, work: Proceed, steps: Sequence[Step]) -> LambdaHandler:
    """Return *work* wrapped in *steps*; the first one sees the invocation first."""
    first = work
    for step in reversed(steps):
        first = _wrapped(step, first)

    def handler(event: Any, context: Any) -> Response:
        return first(Invocation(worker, event, context))

    return handler


def _wrapped(step: Step, proceed: Proceed) -> Proceed:
    return lambda invocation: step(invocation, proceed)
