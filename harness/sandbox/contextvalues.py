"""Context variables of an environment: an image keeps none, so where one is set there is no image."""

import decimal
from contextvars import Context


def is_unset(context: Context) -> bool:
    """Whether nothing in *context* was set; that numbers were calculated with sets nothing."""
    return all(
        isinstance(value, decimal.Context)
        and _settings(value) == _settings(decimal.DefaultContext)
        for value in context.values()
    )


def _settings(context: decimal.Context) -> tuple[object, ...]:
    return (
        context.prec, context.rounding, context.Emin, context.Emax, context.capitals,
        context.clamp, context.traps,
    )  # fmt: skip
