"""A stream in an account of its own, and its tags."""

from typing import Any

from harness.services.kinesis.service import Kinesis
from harness.tests.services.calling import Caller

API = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_"


ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/s"


def a_stream(shard_count: int = 1, **parameters: Any) -> Caller[Kinesis]:
    """Return a caller whose account has the stream ``s``."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=shard_count, **parameters)
    return call


def tags(call: Caller[Kinesis]) -> dict[str, str]:
    """Return the stream's tags."""
    shown = call("ListTagsForStream", StreamName="s")["Tags"]
    return {tag["Key"]: tag["Value"] for tag in shown}
