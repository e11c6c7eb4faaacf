"""Reserved concurrency: how many environments a function may have, taken from the account's.

Source: Lambda API reference, "PutFunctionConcurrency".
"""

from collections.abc import Iterable

from harness.runtime.function import Function
from harness.runtime.invoker import CONCURRENCY_MAX
from harness.services.base.errors import ServiceError

_UNRESERVED_MIN = 100


def check_reservation(function: Function, reserved: int, functions: Iterable[Function]) -> None:
    """Raise AWS's error when *reserved* leaves too little for functions without a reservation."""
    others = sum(
        other.reserved_concurrency or 0 for other in functions if other.name != function.name
    )
    if CONCURRENCY_MAX - others - reserved < _UNRESERVED_MIN:
        # Of Lambda's errors this one was recorded without a Type.
        raise ServiceError(
            "InvalidParameterValueException",
            "Specified ReservedConcurrentExecutions for function decreases account's "
            f"UnreservedConcurrentExecution below its minimum value of [{_UNRESERVED_MIN}].",
        )
