"""A deterministic, in-process harness for AWS Lambda pipelines."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.mocking import mock_aws

__all__ = ["mock_aws"]


def __getattr__(name: str) -> Any:
    """Import `mock_aws` when it is first asked for: the package itself stays cheap to import."""
    if name == "mock_aws":
        from harness.mocking import mock_aws  # noqa: PLC0415 - see the docstring

        return mock_aws
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
