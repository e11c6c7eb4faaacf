"""Which texts are numbers, and what is kept of them."""

import pytest

from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

SOURCE = (
    "https://github.com/paritysuite/dynamodb-conformance/blob/main/"
    "tests/tier1/putItem/numberFormat.test.ts"
)
LAYERS = (
    "https://github.com/paritysuite/dynamodb-conformance/blob/main/"
    "tests/tier3/error-messages/valueLayers.test.ts"
)
ACCEPTED = {
    "+5": "5", "+1.5": "1.5", "+0": "0", "-0": "0", "+0.0": "0", "+1e2": "100", "1e+2": "100",
    "1.5E+3": "1500", "+.5": "0.5", ".5": "0.5", "5.": "5", "1.e5": "100000", "00042": "42",
    "+1e-2": "0.01", "1.23E10": "12300000000",
}  # fmt: skip
REFUSED = (
    "", "+e2", "e2", "+1+2", "1+2", "1.2.3", "++5", "+-5", "-+5", "+", "-", "1e", "1e+", ".",
    "1.2e3.4", "0x5", "NaN", "Infinity", "1_000", " 5", "5 ", "1 5",
)  # fmt: skip
OUTSIDE = {
    "1e99999999999": "overflow", "-1e99999999999": "overflow", "1e-99999999999": "underflow",
    "1e2147483648": "overflow", "1e-2147483648": "underflow", "1e-131": "underflow",
}  # fmt: skip


@pytest.mark.aws(
    "A number may have a sign, zeros before it, a point without digits on one side, and an exponent; "
    "it is kept without them",
    source=SOURCE,
    service="dynamodb",
)
def test_a_number_is_kept_in_one_form_however_it_is_written() -> None:
    engine = Engine()
    engine.put(**{text: {"N": text} for text in ACCEPTED})
    kept = {text: {"N": normal} for text, normal in ACCEPTED.items()}
    assert engine.item() == key() | kept


@pytest.mark.aws(
    "A text that is no number is refused, and told behind a colon",
    source=LAYERS,
    service="dynamodb",
)
@pytest.mark.parametrize("text", REFUSED)
def test_a_text_that_is_no_number_is_told(text: str) -> None:
    for value in ({"N": text}, {"NS": ["1", text]}):
        said = refusal(Engine(), "PutItem", Item=key() | {"n": value})
        fault = "The parameter cannot be converted to a numeric value"
        assert said == f"{ENVELOPE}{fault}: {text}"


@pytest.mark.aws(
    "A number whose exponent is too large or too small is an overflow or an underflow, "
    "however many digits the exponent has",
    source=LAYERS,
    service="dynamodb",
)
@pytest.mark.parametrize(("text", "fault"), list(OUTSIDE.items()))
def test_an_exponent_out_of_range_is_told_by_its_direction(text: str, fault: str) -> None:
    said = refusal(Engine(), "PutItem", Item=key() | {"n": {"N": text}})
    side = "larger" if fault == "overflow" else "smaller"
    assert said == (
        f"{ENVELOPE}Number {fault}. Attempting to store a number with magnitude {side} than "
        "supported range"
    )
