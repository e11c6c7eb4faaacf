"""What a deployment may change, and what AWS refuses of it."""

from pathlib import Path
from typing import Any

import pytest

from harness.errors import HarnessError
from harness.kernel.instant import seconds
from harness.tests.world.awslambda.account import QUEUE_ARN, STREAM_ARN, TEMPLATE, an_account
from harness.world.deployment import DeploymentError, DeploymentRefusedError

MESSAGE = "Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds"


@pytest.mark.parametrize("waits", [0, 2, 10])
@pytest.mark.parametrize("change", [None, {"BatchSize": 5}])
def test_a_timeout_beyond_what_a_queue_hides_is_refused_at_the_call(
    tmp_path: Path, waits: int, change: dict[str, int] | None
) -> None:
    """Whatever change of the mapping is under way; the function stays as it was."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        created = client.create_event_source_mapping(
            FunctionName="worker", EventSourceArn=QUEUE_ARN
        )
        if change is not None:
            world.advance(seconds(10))
            client.update_event_source_mapping(UUID=created["UUID"], **change)
        world.advance(seconds(waits))

        with pytest.raises(DeploymentRefusedError) as caught:
            world.deploy("Worker", Timeout=60)

        world.advance(seconds(10))
        mapping = client.get_event_source_mapping(UUID=created["UUID"])
        assert world.invoker.functions["worker"].timeout == seconds(20)

    assert str(caught.value) == MESSAGE
    assert mapping["State"] == "Enabled"


def test_a_timeout_within_what_a_queue_hides_is_deployed(tmp_path: Path) -> None:
    """As is any other, where no queue is mapped to the function."""
    with an_account(tmp_path) as world:
        world.client("lambda").create_event_source_mapping(
            FunctionName="worker", EventSourceArn=QUEUE_ARN
        )
        world.deploy("Worker", Timeout=30)
        world.deploy("Other", Timeout=60)

        timeouts = [world.invoker.functions[name].timeout for name in ("worker", "other")]

    assert timeouts == [seconds(30), seconds(60)]


WHOLE = "must be a whole number from"


@pytest.mark.parametrize(
    ("setting", "value", "problem"),
    [
        ("Timeout", 0, f"{WHOLE} 1 to 900, not 0"),
        ("Timeout", 1.5, f"{WHOLE} 1 to 900, not 1.5"),
        ("Timeout", "x", f'{WHOLE} 1 to 900, not "x"'),
        ("MemorySize", 127, f"{WHOLE} 128 to 10240, not 127"),
        ("MemorySize", True, f"{WHOLE} 128 to 10240, not true"),
        ("ReservedConcurrentExecutions", -1, f"{WHOLE} 0 to 1000, not -1"),
        ("Handler", "handler", "must be a dotted path such as 'package.module.function', not \"handler\""),
        ("Environment", None, "must be a mapping of variables, not null"),
        ("Environment", {"AWS_REGION": "x"}, "Reserved keys used in this request: AWS_REGION"),
        ("Environment", {"a b": "x"}, "must be two or more letters, digits or _, a letter first"),
        ("Environment", {"TOKEN": ["s3cret"]}, "(TOKEN must be a text), not a mapping"),
    ],
)  # fmt: skip
def test_a_value_that_a_function_cannot_have_is_refused(
    tmp_path: Path, setting: str, value: Any, problem: str
) -> None:
    """The function stays as it was, and no value of a variable is repeated."""
    with an_account(tmp_path) as world:
        before = world.invoker.functions["worker"]

        with pytest.raises(DeploymentError) as caught:
            world.deploy("Worker", **{setting: value})

        assert world.invoker.functions["worker"] is before

    assert problem in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert caught.value.setting == setting


MAPPED = f"""{TEMPLATE}
      Events:
        Scores:
          Type: Kinesis
          Properties: {{Stream: !GetAtt Scores.Arn, StartingPosition: LATEST}}
        Reports:
          Type: SQS
          Properties: {{Queue: !GetAtt Reports.Arn}}
        Ordered:
          Type: SQS
          Properties: {{Queue: !GetAtt Ordered.Arn}}
"""


@pytest.mark.parametrize(
    ("mapping", "setting", "value", "problem"),
    [
        ("OtherScores", "BatchSize", 0, f"{WHOLE} 1 to 10000, not 0"),
        ("OtherScores", "BatchSize", "many", f'{WHOLE} 1 to 10000, not "many"'),
        ("OtherScores", "Enabled", "no", 'must be true or false, not "no"'),
        ("OtherScores", "BisectBatchOnFunctionError", 1, "must be true or false, not 1"),
        ("OtherScores", "FunctionResponseTypes", "ReportBatchItemFailures", "or [], not"),
        ("OtherScores", "MaximumBatchingWindowInSeconds", 301, f"{WHOLE} 0 to 300, not 301"),
        ("OtherScores", "MaximumRetryAttempts", -2, f"{WHOLE} -1 to 10000, not -2"),
        ("OtherScores", "MaximumRecordAgeInSeconds", 59, "must be -1 or a whole number from 60"),
        ("OtherScores", "MaximumConcurrency", 2, "has no setting 'MaximumConcurrency'"),
        ("OtherReports", "MaximumConcurrency", 1, f"{WHOLE} 2 to 1000, not 1"),
        ("OtherReports", "MaximumRetryAttempts", 1, "has no setting 'MaximumRetryAttempts'"),
        ("OtherReports", "BatchSize", 11, "Maximum batch window in seconds must be greater than 0"),
        ("OtherOrdered", "MaximumBatchingWindowInSeconds", 1, "not supported for FIFO queues"),
    ],
)  # fmt: skip
def test_a_value_that_a_mapping_cannot_have_is_refused(
    tmp_path: Path, mapping: str, setting: str, value: Any, problem: str
) -> None:
    """In the words of the template's own errors, or in Lambda's where it has some."""
    with (
        an_account(tmp_path, template=MAPPED) as world,
        pytest.raises(HarnessError) as caught,
    ):
        world.deploy(mapping, **{setting: value})

    assert problem in str(caught.value)


def test_limits_that_are_taken_away_are_deployed(tmp_path: Path) -> None:
    """-1 is AWS's word for a mapping without them, and null for a function without its own."""
    with an_account(tmp_path, template=MAPPED) as world:
        world.deploy("OtherScores", MaximumRetryAttempts=3, MaximumRecordAgeInSeconds=60)
        world.deploy("OtherScores", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=-1)
        world.deploy("Other", ReservedConcurrentExecutions=2, Environment={"IS_LOUD": True})
        world.deploy("Other", ReservedConcurrentExecutions=None)

        other = world.invoker.functions["other"]
        described = world.client("lambda").list_event_source_mappings(EventSourceArn=STREAM_ARN)

    (mapping,) = described["EventSourceMappings"]
    assert (mapping["MaximumRetryAttempts"], mapping["MaximumRecordAgeInSeconds"]) == (-1, -1)
    assert other.reserved_concurrency is None
    assert other.environment["IS_LOUD"] == "true"
