"""A deterministic, in-process harness for AWS Lambda pipelines."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.mocking import mock_aws
    from harness.world.world import World

__all__ = ["World", "mock_aws"]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is first asked for: the package itself stays cheap."""
    if name == "mock_aws":
        from harness.mocking import mock_aws  # noqa: PLC0415 - see the docstring

        return mock_aws
    if name == "World":
        from harness.world.world import World  # noqa: PLC0415 - see the docstring

        return World
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
