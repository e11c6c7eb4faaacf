"""The settings of a mock, in the words of moto's `config`.

What concerns a service that is not modelled can have no effect and is let through; what would
send a call to the real AWS is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.errors import UnsupportedError

_WITHOUT_EFFECT = frozenset({"batch", "iam", "iot", "lambda", "stepfunctions"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How a mock behaves."""

    mock_credentials: bool = True
    """Whether credentials that open nothing are put in the environment."""
    reset_boto3_session: bool = True
    """Whether boto3's default session is put aside while the mock lasts."""
    service_whitelist: frozenset[str] | None = None
    """The services that may be called; None is: all that are modelled."""


def settings_from(config: Mapping[str, Any] | None) -> Settings:
    """Return the settings that *config* asks for; UnsupportedError for what has no meaning here."""
    config = config or {}
    unknown = config.keys() - _WITHOUT_EFFECT - {"core"}
    if unknown:
        raise UnsupportedError(
            f"mock_aws(config=...): {min(unknown)!r} is not known; leave it out"
        )
    core = dict(config.get("core", {}))
    passthrough = core.pop("passthrough", {})
    if any(passthrough.values()):
        raise UnsupportedError(
            "mock_aws(config=...): core.passthrough would call the real AWS; "
            "make those calls before the mock starts or after it has stopped"
        )
    whitelist = core.pop("service_whitelist", None)
    settings = Settings(
        mock_credentials=core.pop("mock_credentials", True) is not False,
        reset_boto3_session=bool(core.pop("reset_boto3_session", True)),
        service_whitelist=None if whitelist is None else frozenset(whitelist),
    )
    if core:
        raise UnsupportedError(
            f"mock_aws(config=...): core.{min(core)} is not known; leave it out"
        )
    return settings
