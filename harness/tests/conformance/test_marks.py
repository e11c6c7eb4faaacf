"""A mark says all that the card needs, or the tests do not even start."""

from typing import Any

import pytest

from harness.conformance.marks import MarkError, facts

SOURCE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html"
AWS = {"source": SOURCE, "service": "s3"}
DIVERGENCE = {
    "service": "s3",
    "peer": "moto 5.2.5",
    "theirs": "It does that.",
    "ours": "It does this.",
    "aws": "This is done.",
    "source": SOURCE,
    "right": "ours",
}


def test_the_statement_of_aws_stands_first_or_by_its_name() -> None:
    """Both say the same."""
    first = facts(pytest.mark.aws("It is so.", **AWS).mark, "t")
    named = facts(pytest.mark.aws(statement="It is so.", **AWS).mark, "t")

    assert first == named == {**AWS, "statement": "It is so."}


def test_a_divergence_has_both_sides_and_says_who_is_right() -> None:
    """And AWS's own statement."""
    assert facts(pytest.mark.divergence(**DIVERGENCE).mark, "t") == DIVERGENCE


@pytest.mark.parametrize(
    ("mark", "problem"),
    [
        (pytest.mark.aws(**AWS), "needs exactly service, source, statement; see statement"),
        (pytest.mark.aws("It is so."), "see service, source"),
        (pytest.mark.aws("It is so.", "again", **AWS), "mark.aws takes keywords"),
        (pytest.mark.aws("It is so.", note="x", **AWS), "see note"),
        (pytest.mark.aws(" ", **AWS), "statement is to be a text: ' '"),
        (pytest.mark.aws("It is so.", **AWS | {"service": "sns"}), "service 'sns' is none of s3"),
        (pytest.mark.aws("It is so.", **AWS | {"source": "http://x"}), "'http://x' is no page of"),
        (
            pytest.mark.aws("It is so.", **AWS | {"source": "https://example.com/aws"}),
            "is no page of docs.aws.amazon.com",
        ),
        (pytest.mark.divergence(**DIVERGENCE | {"right": "us"}), "right is to be one of ours"),
        (pytest.mark.divergence("moto", **DIVERGENCE), "mark.divergence takes keywords"),
        (pytest.mark.divergence(**AWS), "see aws, ours, peer, right, theirs"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mark_that_lacks_something_says_what(mark: Any, problem: str) -> None:
    """With the test that bears it."""
    with pytest.raises(MarkError, match=r"^tests/test_x\.py::test_y: ") as raised:
        facts(mark.mark, "tests/test_x.py::test_y")

    assert problem in str(raised.value)
