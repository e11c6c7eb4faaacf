"""Whether a bucket policy is public: whether it lets in somebody whom it does not fix.

S3 takes a policy for public unless each statement that allows anything fixes its principal, or has
a condition that fixes where the request comes from or on whose behalf.
(S3 user guide, "Blocking public access to your Amazon S3 storage", "The meaning of 'public'")
"""

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network, ip_network
from typing import Any

_FIXING_KEYS = frozenset({
    "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:sourceaccount",
    "aws:sourcearn", "aws:sourceip", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce",
    "aws:userid", "s3:dataaccesspointaccount", "s3:dataaccesspointarn",
})  # fmt: skip
_FIXING_OPERATORS = ("StringEquals", "StringLike", "ArnEquals", "ArnLike", "IpAddress")
_IPV4_PREFIX_MIN, _IPV6_PREFIX_MIN = 8, 32


def lets_everybody_in(statement: Mapping[str, Any]) -> bool:
    """Whether *statement* allows something to a principal that is not fixed by anything."""
    return (
        statement.get("Effect") == "Allow"
        and not _is_fixed_principal(statement.get("Principal"))
        and not _is_confined(statement.get("Condition") or {})
    )


def _is_fixed_principal(principal: Any) -> bool:
    """Whether *principal* names everybody whom it means; None stands for a NotPrincipal."""
    if not isinstance(principal, Mapping):
        return False
    return all(_is_fixed(value) for named in principal.values() for value in _listed(named))


def _is_confined(condition: Mapping[str, Any]) -> bool:
    return any(
        all(_confines(key, value) for value in values) for key, values in _requirements(condition)
    )


def _requirements(condition: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield the keys that may confine a statement, and the values that they have to have."""
    for operator, required in condition.items():
        if operator.rpartition(":")[2] not in _FIXING_OPERATORS:
            continue
        for key, values in required.items():
            if key.lower() in _FIXING_KEYS:
                yield key.lower(), _listed(values)


def _confines(key: str, value: str) -> bool:
    if key == "aws:sourceip":
        return _is_narrow(value)
    if key == "s3:dataaccesspointarn":
        # The name of the access point may be left open, its account may not.
        return _is_fixed(value.partition("accesspoint/")[0])
    return _is_fixed(value)


def _is_narrow(block: str) -> bool:
    network = ip_network(block, strict=False)
    least = _IPV4_PREFIX_MIN if isinstance(network, IPv4Network) else _IPV6_PREFIX_MIN
    return network.prefixlen >= least


def _is_fixed(value: str) -> bool:
    """Whether *value* has neither wildcards nor policy variables."""
    return not any(mark in value for mark in ("*", "?", "${"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
