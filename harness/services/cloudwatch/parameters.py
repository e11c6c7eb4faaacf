"""Which parameters an operation models."""

from collections.abc import Set as AbstractSet

from harness.errors import UnsupportedError
from harness.services.base.service import Parameters


def require_modelled(operation: str, params: Parameters, modelled: AbstractSet[str]) -> None:
    """Refuse by name any parameter of *operation* that is not in *modelled*."""
    unknown = params.keys() - modelled
    if unknown:
        raise UnsupportedError(
            f"cloudwatch.{operation}: parameter {min(unknown)!r} is not modelled; leave it out"
        )
