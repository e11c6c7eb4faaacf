"""What a backend lacks: an error that names the backend and the feature."""

from harness.errors import HarnessError, UnsupportedError


class LackingError(UnsupportedError):
    """The backend has no such feature, and it cannot be made up for on the way."""

    def __init__(self, backend: str, feature: str) -> None:
        super().__init__(f"backend {backend} lacks {feature}")
        self.backend = backend
        self.feature = feature


class BackendError(HarnessError):
    """The backend cannot be reached, or does not keep what it was given."""


class MissingExtraError(HarnessError):
    """A package that the backend is built upon is not installed."""

    def __init__(self, who: str, package: str, extra: str = "backends") -> None:
        super().__init__(
            f"{who} needs the package {package}, which is not installed; "
            f"pip install 'fan-verification[{extra}]'"
        )
