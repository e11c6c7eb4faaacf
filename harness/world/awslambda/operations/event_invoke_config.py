"""Put-, Update-, Get- and DeleteFunctionEventInvokeConfig: what becomes of asynchronous events."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.kernel.instant import Instant, seconds, to_datetime
from harness.runtime.destinations import check_destination
from harness.runtime.function import AsynchronousConfiguration, Function
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.bounds import check_between
from harness.world.awslambda.destinationconfig import destination_of, shown_destination
from harness.world.awslambda.errors import not_found
from harness.world.awslambda.functionnames import LATEST

_NAME = frozenset({"FunctionName", "Qualifier"})
_SETTINGS = _NAME | {"DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts"}
_RETRIES_MAX = 2
_AGE_MIN, _AGE_MAX = 60, 21_600
_UNCONFIGURED = AsynchronousConfiguration()


def put_function_event_invoke_config(
    account: LambdaAccount, params: Parameters, now: Instant
) -> Output:
    """Set the configuration; what is not given has its default."""
    require_modelled("PutFunctionEventInvokeConfig", params, _SETTINGS)
    function = account.function_of(params)
    dead_letter = function.asynchronous.dead_letter
    return _configure(
        account, function, AsynchronousConfiguration(dead_letter=dead_letter), params, now
    )


def update_function_event_invoke_config(
    account: LambdaAccount, params: Parameters, now: Instant
) -> Output:
    """Change the configuration; what is not given stays as it is."""
    require_modelled("UpdateFunctionEventInvokeConfig", params, _SETTINGS)
    function = account.function_of(params)
    _require_configured(account, function)
    return _configure(account, function, function.asynchronous, params, now)


def get_function_event_invoke_config(
    account: LambdaAccount, params: Parameters, now: Instant
) -> Output:
    """Return the configuration."""
    require_modelled("GetFunctionEventInvokeConfig", params, _NAME)
    function = account.function_of(params)
    _require_configured(account, function)
    return _shown(account, function, now)


def delete_function_event_invoke_config(
    account: LambdaAccount,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Go back to the defaults."""
    require_modelled("DeleteFunctionEventInvokeConfig", params, _NAME)
    function = account.function_of(params)
    _require_configured(account, function)
    dead_letter = function.asynchronous.dead_letter
    account.deploy(
        replace(function, asynchronous=AsynchronousConfiguration(dead_letter=dead_letter))
    )
    return {}


def _configure(
    account: LambdaAccount,
    function: Function,
    configuration: AsynchronousConfiguration,
    params: Parameters,
    now: Instant,
) -> Output:
    configured = replace(function, asynchronous=replace(configuration, **_changes(params)))
    settings = configured.asynchronous
    for destination in (settings.on_success, settings.on_failure):
        if destination is not None:
            check_destination(destination, function.name)
    account.deploy(configured)
    return _shown(account, configured, now)


def _changes(params: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if "MaximumRetryAttempts" in params:
        attempts = params["MaximumRetryAttempts"]
        check_between(attempts, "maximumRetryAttempts", 0, _RETRIES_MAX)
        changes["maximum_retry_attempts"] = attempts
    if "MaximumEventAgeInSeconds" in params:
        age = params["MaximumEventAgeInSeconds"]
        check_between(age, "maximumEventAgeInSeconds", _AGE_MIN, _AGE_MAX)
        changes["maximum_event_age"] = seconds(age)
    if "DestinationConfig" in params:
        config = params["DestinationConfig"]
        changes["on_success"] = destination_of(config, "OnSuccess")
        changes["on_failure"] = destination_of(config, "OnFailure")
    return changes


def _require_configured(account: LambdaAccount, function: Function) -> None:
    if replace(function.asynchronous, dead_letter=None) == _UNCONFIGURED:
        arn = f"{account.function_arn(function.name)}:{LATEST}"
        raise not_found(f"The function {arn} doesn't have an EventInvokeConfig")


def _shown(account: LambdaAccount, function: Function, now: Instant) -> Output:
    settings = function.asynchronous
    return {
        "LastModified": to_datetime(now),
        "FunctionArn": f"{account.function_arn(function.name)}:{LATEST}",
        "MaximumRetryAttempts": settings.maximum_retry_attempts,
        "MaximumEventAgeInSeconds": settings.maximum_event_age // 1_000_000,
        "DestinationConfig": {
            "OnSuccess": shown_destination(settings.on_success),
            "OnFailure": shown_destination(settings.on_failure),
        },
    }
