"""AppSync's own scalar types (AppSync developer guide, "Scalar types in GraphQL")."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from ipaddress import ip_interface
from typing import Any
from urllib.parse import urlsplit

from graphql import GraphQLError, GraphQLScalarType

OFFSET = r"(Z|[+-]\d{2}:\d{2}(:\d{2})?)"
DATE = re.compile(rf"(-?\d{{4}}-\d{{2}}-\d{{2}}){OFFSET}?")
TIME = re.compile(rf"(\d{{2}}:\d{{2}}(:\d{{2}}(\.\d{{1,9}})?)?){OFFSET}?")
DATE_TIME = re.compile(
    rf"(\d{{4}}-\d{{2}}-\d{{2}}T\d{{2}}:\d{{2}}(:\d{{2}})?)(\.\d{{1,9}})?{OFFSET}"
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
PHONE = re.compile(r"\+?[\d\s().-]{5,20}")
TIMESTAMP_MAX = 2**53


def _is_date(value: Any) -> bool:
    match = DATE.fullmatch(value) if isinstance(value, str) else None
    return match is not None and _parses(date.fromisoformat, match[1])


def _is_time(value: Any) -> bool:
    match = TIME.fullmatch(value) if isinstance(value, str) else None
    return match is not None and _parses(time.fromisoformat, match[1][:8])


def _is_date_time(value: Any) -> bool:
    match = DATE_TIME.fullmatch(value) if isinstance(value, str) else None
    return match is not None and _parses(datetime.fromisoformat, match[1])


def _is_timestamp(value: Any) -> bool:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and abs(value) <= TIMESTAMP_MAX


def _is_email(value: Any) -> bool:
    return isinstance(value, str) and EMAIL.fullmatch(value) is not None


def _is_phone(value: Any) -> bool:
    return isinstance(value, str) and PHONE.fullmatch(value) is not None


def _is_url(value: Any) -> bool:
    if not isinstance(value, str) or not _parses(urlsplit, value):
        return False
    parts = urlsplit(value)
    return bool(parts.scheme and parts.netloc) and " " not in value


def _is_ip_address(value: Any) -> bool:
    return isinstance(value, str) and _parses(ip_interface, value)


def _parses(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


CHECKS: dict[str, Callable[[Any], bool]] = {
    "AWSDate": _is_date,
    "AWSDateTime": _is_date_time,
    "AWSEmail": _is_email,
    "AWSIPAddress": _is_ip_address,
    "AWSPhone": _is_phone,
    "AWSTime": _is_time,
    "AWSTimestamp": _is_timestamp,
    "AWSURL": _is_url,
}
NAMES = ("AWSJSON", *CHECKS)


def furnish(scalar: GraphQLScalarType) -> None:
    """Give a scalar type of AppSync its rules; *scalar* was made from a bare declaration."""
    if scalar.name == "AWSJSON":
        _set(scalar, _json_out, _json_in)
        return
    check = CHECKS[scalar.name]
    name = scalar.name.removeprefix("AWS")

    def out(value: Any) -> Any:
        if not check(value):
            raise GraphQLError(f"Unable to serialize `{value}` as a valid {name} Object.")
        return value

    def parse(value: Any) -> Any:
        if not check(value):
            raise GraphQLError(f"Unable to parse `{value}` as a valid {name} Object.")
        return value

    _set(scalar, out, parse)


def _set(
    scalar: GraphQLScalarType, out: Callable[[Any], Any], parse: Callable[[Any], Any]
) -> None:
    """Set the rules under the names of graphql-core 3.2 and of 3.3."""
    for name in ("serialize", "coerce_output_value"):
        setattr(scalar, name, out)
    for name in ("parse_value", "coerce_input_value"):
        setattr(scalar, name, parse)


def _json_out(value: Any) -> str:
    """Return *value* as JSON; a text that is JSON already stays as it is."""
    if isinstance(value, str) and _parses(json.loads, value):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_in(value: Any) -> Any:
    """Return what the text means: that is what a resolver gets."""
    if not isinstance(value, str) or not _parses(json.loads, value):
        raise GraphQLError(f"Unable to parse `{value}` as valid JSON.")
    return json.loads(value)
