"""Where DynamoDB's limits lie, as the public suite measured them against AWS."""

import pytest

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.numbers import add, normal_number

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier3/limits/"


@pytest.mark.aws(
    "The exponent of a number is read in full: past 64 bits it makes no number, and a zero counts, too",
    source=f"{SUITE}numberExponent.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1e2147483648", "Number overflow"),
        ("1e99999999999", "Number overflow"),
        ("1e-99999999999", "Number underflow"),
        ("1e9223372036854775808", "The parameter cannot be converted to a numeric value"),
        ("0e126", "Number overflow"),
        ("0e-131", "Number underflow"),
    ],
)
def test_an_exponent_is_read_in_full(text: str, fault: str) -> None:
    with pytest.raises(ServiceError, match=fault):
        normal_number(text)


def test_a_zero_in_range_is_a_zero_however_it_comes_about() -> None:
    assert normal_number("0e125") == normal_number("0e-130") == "0"
    smallest = normal_number("1.5e-130")
    assert add(smallest, f"-{smallest}") == "0"
