"""The process-wide state of well-known libraries, kept apart for each environment.

A library with state at module level could be executed anew for each environment, as the
function's own modules are, and most are (`PRIVATE_PACKAGES`).  Of these two, what they keep is
known and little, while executing them is half of a cold start: so the modules are shared and each
place has its own values of the variables below.  So it has of three modules of the standard library
that go on where somebody before it has stopped.
"""

import sys
from collections.abc import Callable
from functools import cache
from importlib import metadata
from itertools import count
from types import ModuleType
from typing import Any

PRIVATE_PACKAGES = frozenset({"aws_lambda_powertools", "aws_xray_sdk", "opentelemetry"})
"""Packages with loggers, metric sets or providers at module level."""

_KNOWN_VERSIONS = {
    "aws_lambda_powertools": ("aws-lambda-powertools", "3."),
    "opentelemetry": ("opentelemetry-api", "1."),
}
"""Package -> its distribution and the versions whose state we know; others are executed anew."""

_SHARED = {
    "aws_lambda_powertools": (
        "logging", "metrics", "package_logger", "shared", "tracing", "utilities.jmespath_utils",
    ),
    "opentelemetry": (
        "_logs", "attributes", "baggage", "context", "environment_variables", "metrics",
        "propagate", "propagators", "trace", "util", "version",
    ),
}  # fmt: skip
"""The parts of each package whose state is listed below; the rest of it is private."""


def _once() -> Any:
    """Return a new `Once` of OpenTelemetry, which lets a provider be set a single time."""
    return sys.modules["opentelemetry.util._once"].Once()


def _tracer_settings() -> dict[str, Any]:
    """Return the settings of a Powertools tracer that nobody has configured."""
    tracer = sys.modules["aws_lambda_powertools.tracing.tracer"].Tracer
    return dict(tracer._default_config)  # noqa: SLF001 - where the library keeps its defaults


def _lazy_xray() -> Any:
    """Return what a Powertools tracer imports the X-Ray SDK with: it puts the SDK in its own place."""
    package = "aws_lambda_powertools"
    tracer = sys.modules[f"{package}.tracing.tracer"]
    loader = sys.modules[f"{package}.shared.lazy_import"].LazyLoader
    return loader("aws_xray_sdk", vars(tracer), "aws_xray_sdk")


_FRESH: dict[tuple[str, str], Callable[[], Any]] = {
    ("aws_lambda_powertools.logging.logger", "is_cold_start"): lambda: True,
    ("aws_lambda_powertools.metrics.base", "is_cold_start"): lambda: True,
    ("aws_lambda_powertools.metrics.metrics", "Metrics._default_dimensions"): dict,
    ("aws_lambda_powertools.metrics.metrics", "Metrics._dimensions"): dict,
    ("aws_lambda_powertools.metrics.metrics", "Metrics._metadata"): dict,
    ("aws_lambda_powertools.metrics.metrics", "Metrics._metrics"): dict,
    ("aws_lambda_powertools.metrics.provider.cold_start", "is_cold_start"): lambda: True,
    ("aws_lambda_powertools.tracing.tracer", "Tracer._config"): _tracer_settings,
    ("aws_lambda_powertools.tracing.tracer", "aws_xray_sdk"): _lazy_xray,
    ("aws_lambda_powertools.tracing.tracer", "is_cold_start"): lambda: True,
    ("opentelemetry._logs._internal", "_LOGGER_PROVIDER"): lambda: None,
    ("opentelemetry._logs._internal", "_LOGGER_PROVIDER_SET_ONCE"): _once,
    ("opentelemetry.metrics._internal", "_METER_PROVIDER"): lambda: None,
    ("opentelemetry.metrics._internal", "_METER_PROVIDER_SET_ONCE"): _once,
    ("opentelemetry.trace", "_TRACER_PROVIDER"): lambda: None,
    ("opentelemetry.trace", "_TRACER_PROVIDER_SET_ONCE"): _once,
    ("threading", "_counter"): lambda: count(1).__next__,
    ("threading", "excepthook"): lambda: sys.modules["threading"].__excepthook__,
    ("tempfile", "_name_sequence"): lambda: None,
    ("uuid", "_last_timestamp"): lambda: None,
}
"""(module, variable) -> what it is in a new process.  A dot leads to a class's attribute."""


def begin_with(variable: tuple[str, str], value: Any) -> None:
    """Let every place that has not been in force yet begin with *value* in *variable*."""
    _FRESH[variable] = lambda: value


Values = dict[tuple[str, str], Any]
"""What one place, or the process outside, has in these variables."""


@cache
def is_shared(module_name: str) -> bool:
    """Whether the module may be shared, because all its state is listed here."""
    package, _, rest = module_name.partition(".")
    if package not in _SHARED or not _is_known(package):
        return False
    parts = (package, *(f"{package}.{part}" for part in _SHARED[package]))
    return (
        not rest
        or module_name.startswith(tuple(f"{part}." for part in parts[1:]))
        or (module_name in parts)
        or _leads_to_shared(module_name, parts)
    )


def _leads_to_shared(module_name: str, parts: tuple[str, ...]) -> bool:
    """Whether the module is a package on the way to a shared part."""
    return any(part.startswith(f"{module_name}.") for part in parts)


def _is_known(package: str) -> bool:
    distribution, version = _KNOWN_VERSIONS[package]
    try:
        return metadata.version(distribution).startswith(version)
    except metadata.PackageNotFoundError:
        return False


_found: dict[tuple[str, str], tuple[Any, Any, str]] = {}
"""Variable -> its module, and the object and attribute that hold it: looked up once a module."""


def exchange(leaving: Values, entering: Values) -> None:
    """Take the variables' values down in *leaving* and put those of *entering* in their place."""
    loaded = sys.modules
    for key, fresh in _FRESH.items():
        module = loaded.get(key[0])
        if module is None:
            continue
        known = _found.get(key)
        if known is None or known[0] is not module:  # imported anew since
            known = _found[key] = (module, *_resolved(module, key[1]))
        _, owner, variable = known
        leaving[key] = value = getattr(owner, variable)
        if key not in entering:
            entering[key] = fresh()
        other = entering[key]
        if other is not value:  # most places leave most variables as they found them
            setattr(owner, variable, other)


def _resolved(module: Any, path: str) -> tuple[Any, str]:
    """Return the object that holds the variable, and its name there."""
    class_name, _, variable = path.rpartition(".")
    return (getattr(module, class_name) if class_name else module), variable


def is_untouched(entering: Values) -> bool:
    """Whether the variables still are what the place that is in force entered with."""
    loaded = sys.modules
    for key, fresh in _FRESH.items():
        if key[0] not in loaded:
            continue
        if key not in entering or getattr(*_found[key][1:]) is not entering[key]:
            return False
        value = entering[key]
        if isinstance(value, dict) and value != fresh():
            return False
        # A module that is imported late would be imported by the question.
        is_module = isinstance(value, ModuleType)
        if not is_module and getattr(value, "_done", False):  # a `Once` of OpenTelemetry
            return False
    return True


def missing_variables() -> list[str]:
    """Return the listed variables that a loaded module does not have: the library has changed."""
    return [
        f"{name}:{path}"
        for name, path in _FRESH
        if name in sys.modules and not _exists(sys.modules[name], path)
    ]


def _exists(module: Any, path: str) -> bool:
    for part in path.split("."):
        if not hasattr(module, part):
            return False
        module = getattr(module, part)
    return True
