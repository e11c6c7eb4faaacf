"""AppSync's scalars, what each accepts and refuses."""

from typing import Any

import pytest

from harness.world.appsync.scalars import CHECKS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWSDate", "2026-01-05"),
        ("AWSDate", "2026-01-05Z"),
        ("AWSDateTime", "2026-01-05T09:00:00.123Z"),
        ("AWSDateTime", "2026-01-05T09:00:00+01:00"),
        ("AWSTime", "09:00:00.123"),
        ("AWSTimestamp", 1_767_603_600),
        ("AWSEmail", "someone@example.com"),
        ("AWSPhone", "+1 555 123-4567"),
        ("AWSURL", "https://example.com/a?b=c"),
        ("AWSIPAddress", "10.0.0.0/8"),
        ("AWSIPAddress", "::1"),
    ],
)
def test_a_scalar_accepts_its_values(name: str, value: Any) -> None:
    """The forms that AppSync's developer guide lists."""
    assert CHECKS[name](value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWSDate", "2026-02-30"),
        ("AWSDate", "5 January"),
        ("AWSDateTime", "2026-01-05T09:00:00"),
        ("AWSDateTime", "2026-01-05T25:00:00Z"),
        ("AWSTime", "9 o'clock"),
        ("AWSTimestamp", "1767603600"),
        ("AWSTimestamp", True),
        ("AWSEmail", "someone"),
        ("AWSPhone", "call me"),
        ("AWSURL", "example.com"),
        ("AWSURL", "http://[broken"),
        ("AWSIPAddress", "10.0.0.256"),
    ],
)
def test_a_scalar_refuses_anything_else(name: str, value: Any) -> None:
    """A date-time needs its offset, a timestamp is a number, and so on."""
    assert not CHECKS[name](value)
