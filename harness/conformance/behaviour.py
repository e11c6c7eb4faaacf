"""What a card is made of, as frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "not run"]
Right = Literal["ours", "theirs", "neither", "either"]
"""Who does what AWS does; *either* where AWS leaves it open."""

RIGHT: Mapping[Right, str] = {
    "ours": "ours is AWS's",
    "theirs": "theirs is AWS's",
    "neither": "neither is AWS's",
    "either": "AWS leaves it open",
}

SERVICES: Mapping[str, str] = {
    "s3": "S3",
    "kinesis": "Kinesis Data Streams",
    "dynamodb": "DynamoDB",
    "dynamodbstreams": "DynamoDB Streams",
    "sqs": "SQS",
    "eventsourcemapping": "Lambda event source mappings",
    "lambda": "Lambda",
    "cloudwatch": "CloudWatch",
    "appsync": "AppSync",
}
"""What a mark may name as its service, in the order of the card, with its title."""


@dataclass(frozen=True, slots=True)
class HoldingTest:
    """A test that holds us to something; all cases of its parameters together."""

    node_id: str
    """As pytest takes it; a divergence may be one case of a test, a behaviour is all of them."""
    outcome: Outcome = "not run"

    @property
    def name(self) -> str:
        """The test's name as the sentence that it is."""
        test, _, case = self.node_id.rsplit("::", 1)[-1].partition("[")
        sentence = test.removeprefix("test_").replace("_", " ")
        return f"{sentence}: {case.removesuffix(']')}" if case else sentence


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One thing that AWS does and the engine does, too."""

    service: str
    statement: str
    source: str
    """The page of AWS, or the recording of it, that says so."""
    tests: tuple[HoldingTest, ...]

    @property
    def outcome(self) -> Outcome:
        """Failed if one of its tests has, passed if all have."""
        return _together(self.tests)


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where a peer and the engine answer differently, and a test shows it."""

    service: str
    peer: str
    theirs: str
    ours: str
    aws: str
    source: str
    right: Right
    tests: tuple[HoldingTest, ...]

    @property
    def outcome(self) -> Outcome:
        """Failed if one of its tests has, passed if all have."""
        return _together(self.tests)


def _together(tests: tuple[HoldingTest, ...]) -> Outcome:
    outcomes = {test.outcome for test in tests}
    if "failed" in outcomes:
        return "failed"
    return "passed" if outcomes == {"passed"} else "not run"
