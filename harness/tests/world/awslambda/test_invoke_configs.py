"""The configurations of asynchronous events through the API, as AWS was recorded to keep them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from harness.errors import UnsupportedError
from harness.kernel.instant import seconds
from harness.tests.world.awslambda.account import DEAD_ARN, FUNCTION_ARN, TEMPLATE, an_account
from harness.world.world import World

RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "test_lambda_api.snapshot.json"
)
NO_CONFIGURATION = f"The function {FUNCTION_ARN}:$LATEST doesn't have an EventInvokeConfig"


def call(world: World, action: str, **parameters: Any) -> dict[str, Any]:
    """Call an action on the worker's configuration; return the answer without its metadata."""
    client = world.client("lambda")
    answer: dict[str, Any] = getattr(client, f"{action}_function_event_invoke_config")(
        **{"FunctionName": "worker"} | parameters
    )
    del answer["ResponseMetadata"]
    return answer


def refusal(world: World, action: str, **parameters: Any) -> tuple[str, str]:
    """Return the code and the message of a call that must be refused."""
    with pytest.raises(ClientError) as caught:
        call(world, action, **parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.mark.aws(
    "A configuration shows the numbers that were given and no defaults, and both sides of its "
    "DestinationConfig, empty or not.",
    source=RECORDED,
    service="lambda",
)
@pytest.mark.parametrize(
    "given",
    [
        {"MaximumRetryAttempts": 0},
        {"MaximumEventAgeInSeconds": 60},
        {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 21_600},
        {"DestinationConfig": {"OnFailure": {"Destination": DEAD_ARN}}},
        {"DestinationConfig": {"OnSuccess": {}}},
    ],
)
def test_a_configuration_shows_what_was_given(tmp_path: Path, given: dict[str, Any]) -> None:
    """Put answers what Get and List will."""
    with an_account(tmp_path) as world:
        put = call(world, "put", **given)
        world.advance(seconds(90))
        got = call(world, "get")
        listed = world.client("lambda").list_function_event_invoke_configs(FunctionName="worker")

    assert put == got
    assert listed["FunctionEventInvokeConfigs"] == [got]
    assert isinstance(got.pop("LastModified"), datetime)
    assert got == {
        "FunctionArn": f"{FUNCTION_ARN}:$LATEST",
        "DestinationConfig": {"OnSuccess": {}, "OnFailure": {}}
        | given.pop("DestinationConfig", {}),
        **given,
    }


@pytest.mark.aws(
    "Put replaces the whole configuration, Update changes what it names, and Delete answers 204.",
    source=RECORDED,
    service="lambda",
)
def test_a_configuration_is_replaced_changed_and_removed(tmp_path: Path) -> None:
    """Without one there is nothing to update."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        call(world, "put", MaximumRetryAttempts=2, MaximumEventAgeInSeconds=60)
        updated = call(world, "update", MaximumRetryAttempts=0)
        replaced = call(world, "put", MaximumRetryAttempts=1)
        deleted = client.delete_function_event_invoke_config(FunctionName="worker")
        listed = client.list_function_event_invoke_configs(FunctionName="worker", MaxItems=1)
        refusals = [
            refusal(world, "get"),
            refusal(world, "delete"),
            refusal(world, "update", MaximumRetryAttempts=0),
        ]

    assert (updated["MaximumRetryAttempts"], updated["MaximumEventAgeInSeconds"]) == (0, 60)
    assert replaced["MaximumRetryAttempts"] == 1
    assert "MaximumEventAgeInSeconds" not in replaced
    assert deleted["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert listed["FunctionEventInvokeConfigs"] == []
    assert refusals == [("ResourceNotFoundException", NO_CONFIGURATION)] * 3


@pytest.mark.aws(
    "A function that does not exist has no configuration for Get and Delete, and does not exist "
    "for Put, Update and List.",
    source=RECORDED,
    service="lambda",
)
def test_a_function_that_is_not_there_has_no_configuration(tmp_path: Path) -> None:
    """Nor has a version, of which there is none here."""
    with an_account(tmp_path) as world:
        nobody = {"FunctionName": FUNCTION_ARN.replace("worker", "nobody")}
        missing = (
            "ResourceNotFoundException",
            f"The function {nobody['FunctionName']}:$LATEST doesn't have an EventInvokeConfig",
        )
        absent = ("ResourceNotFoundException", "The function doesn't exist.")
        assert refusal(world, "get", **nobody) == missing
        assert refusal(world, "delete", FunctionName="nobody") == missing
        assert refusal(world, "put", **nobody, MaximumRetryAttempts=1) == absent
        assert refusal(world, "update", **nobody, MaximumRetryAttempts=1) == absent
        assert refusal(world, "get", Qualifier="7") == (
            "ResourceNotFoundException",
            f"The function {FUNCTION_ARN}:7 doesn't have an EventInvokeConfig",
        )
        with pytest.raises(ClientError, match=r"The function doesn't exist\.$"):
            world.client("lambda").list_function_event_invoke_configs(FunctionName="nobody")


@pytest.mark.aws(
    "A configuration sets something, names no other qualifier than its function does, and has no "
    "destination that is the function itself, no function, or a service that takes no records.",
    source=RECORDED,
    service="lambda",
)
@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, "You must specify at least one of error handling or destination setting."),
        (
            {"FunctionName": "nobody"},
            "You must specify at least one of error handling or destination setting.",
        ),
        (
            {
                "FunctionName": "worker:$LATEST",
                "Qualifier": "7",
                "MaximumRetryAttempts": 1,
            },
            "The derived qualifier from the function name does not match the specified qualifier.",
        ),
        (
            {"DestinationConfig": {"OnSuccess": {"Destination": FUNCTION_ARN}}},
            "You can't specify the function as a destination for itself.",
        ),
        (
            {"DestinationConfig": {"OnSuccess": {"Destination": f"{FUNCTION_ARN}-none"}}},
            f"The destination ARN {FUNCTION_ARN}-none is invalid.",
        ),
        (
            {
                "DestinationConfig": {
                    "OnSuccess": {"Destination": FUNCTION_ARN.replace(":lambda:", ":iam:")}
                }
            },
            (
                "The provided destination config DestinationConfig(onSuccess=OnSuccess("
                f"destination={FUNCTION_ARN.replace(':lambda:', ':iam:')}), onFailure=null) "
                "is invalid."
            ),
        ),
    ],
)
def test_what_aws_refuses_of_a_configuration_is_refused(
    tmp_path: Path, parameters: dict[str, Any], message: str
) -> None:
    """Before anything is changed."""
    with an_account(tmp_path) as world:
        assert refusal(world, "put", **parameters) == ("InvalidParameterValueException", message)
        assert refusal(world, "get") == ("ResourceNotFoundException", NO_CONFIGURATION)


@pytest.mark.parametrize(
    ("arn", "what"),
    [
        (f"{FUNCTION_ARN.replace('worker', 'other')}:live", "a version or an alias"),
        ("arn:aws:events:us-east-1:123456789012:event-bus/default", "event-bus/default"),
    ],
)
def test_a_destination_that_is_not_modelled_is_refused_by_name(
    tmp_path: Path, arn: str, what: str
) -> None:
    """AWS has them, and this world has not."""
    with an_account(tmp_path) as world, pytest.raises(UnsupportedError, match=what):
        call(world, "put", DestinationConfig={"OnFailure": {"Destination": arn}})


CONFIGURED = TEMPLATE.replace(
    "      Handler: wicked.handler\n",
    "      Handler: wicked.handler\n      EventInvokeConfig: {MaximumRetryAttempts: 2}\n",
)


def test_the_configuration_of_the_template_is_there_from_the_start(tmp_path: Path) -> None:
    """With what the template says, though it be the default."""
    with an_account(tmp_path, template=CONFIGURED) as world:
        shown = call(world, "get")

    assert shown["MaximumRetryAttempts"] == 2
    assert "MaximumEventAgeInSeconds" not in shown
