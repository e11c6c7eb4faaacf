"""Refusal by name: what a caller asks for and the engine does not model is never ignored."""

from collections.abc import Set as AbstractSet

from harness.errors import UnsupportedError
from harness.services.base.service import Parameters


def require_modelled(
    service: str, operation: str, params: Parameters, modelled: AbstractSet[str]
) -> None:
    """Refuse by name any parameter of *operation* that is not in *modelled*."""
    unknown = params.keys() - modelled
    if unknown:
        raise UnsupportedError(
            f"{service}.{operation}: parameter {min(unknown)!r} is not modelled; leave it out"
        )
