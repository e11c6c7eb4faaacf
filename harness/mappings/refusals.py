"""What Lambda answers to settings of a mapping that it refuses."""

from harness.services.base.errors import ServiceError


def refused_setting(problem: str) -> ServiceError:
    """Return the ``InvalidParameterValueException`` that says *problem*."""
    return ServiceError("InvalidParameterValueException", problem, fields={"Type": "User"})
