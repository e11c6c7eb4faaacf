"""What a deployment may change, and what AWS refuses of it."""

from pathlib import Path

import pytest

from harness.kernel.instant import seconds
from harness.tests.world.awslambda.account import QUEUE_ARN, an_account
from harness.world.deployment import DeploymentRefusedError

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
