"""The configurations of asynchronous events: found by function, changed, and shown.

Texts and shapes: recordings of AWS (LocalStack's snapshots of ``TestLambdaEventInvokeConfig``).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, seconds, to_datetime
from harness.runtime.destinations import check_destination
from harness.runtime.function import AsynchronousConfiguration, Function
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount
from harness.world.awslambda.bounds import check_between
from harness.world.awslambda.destinationconfig import destination_of, shown_destination
from harness.world.awslambda.errors import invalid_value, not_found
from harness.world.awslambda.functionnames import LATEST, split_name

SETTINGS = frozenset({"DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts"})
_NUMBERS = ("MaximumEventAgeInSeconds", "MaximumRetryAttempts")
_RETRIES_MAX = 2
_AGE_MIN, _AGE_MAX = 60, 21_600
_RECIPIENTS = ("events", "lambda", "s3", "sns", "sqs")
"""The services that AWS takes as destinations, modelled or not."""


def function_to_configure(account: LambdaAccount, params: Parameters) -> Function:
    """Return the function that Put, Update and List mean, which must be there."""
    name, qualifier = account.qualified_name(params)
    function = account.functions.get(name)
    if function is None or qualifier not in (None, LATEST):
        raise not_found("The function doesn't exist.")
    return function


def configured_function(account: LambdaAccount, params: Parameters) -> Function:
    """Return the function that Get and Delete mean, which must have a configuration."""
    name, qualifier = account.qualified_name(params)
    function = account.functions.get(name)
    if function is None or qualifier not in (None, LATEST) or function.asynchronous.given is None:
        arn = name if name.startswith("arn:") else account.function_arn(name)
        raise not_found(
            f"The function {arn}:{qualifier or LATEST} doesn't have an EventInvokeConfig"
        )
    return function


def require_a_setting(params: Parameters) -> None:
    """Raise AWS's error for a request that sets nothing."""
    if not SETTINGS & params.keys():
        raise invalid_value(
            "You must specify at least one of error handling or destination setting."
        )


def configure(
    account: LambdaAccount,
    function: Function,
    configuration: AsynchronousConfiguration,
    params: Parameters,
    now: Instant,
) -> Output:
    """Give *function* its *configuration* with the settings of *params*, and show it."""
    destinations = _destinations(account, function, params.get("DestinationConfig"))
    numbers = _numbers(params)
    given = {*(configuration.given or ()), *(name for name in _NUMBERS if name in params)}
    changed = replace(configuration, **destinations, **numbers, given=tuple(sorted(given)))
    configured = replace(function, asynchronous=changed)
    account.configure(configured)
    account.invoke_configs_changed[function.name] = now
    return shown(account, configured)


def shown(account: LambdaAccount, function: Function) -> Output:
    """Return the configuration of *function* as AWS shows it: what was not given is not there."""
    settings = function.asynchronous
    changed = account.invoke_configs_changed.get(function.name, account.started)
    numbers = {
        "MaximumEventAgeInSeconds": settings.maximum_event_age // 1_000_000,
        "MaximumRetryAttempts": settings.maximum_retry_attempts,
    }
    return {
        "LastModified": to_datetime(changed),
        "FunctionArn": f"{account.function_arn(function.name)}:{LATEST}",
        **{name: numbers[name] for name in settings.given or ()},
        "DestinationConfig": {
            "OnSuccess": shown_destination(settings.on_success),
            "OnFailure": shown_destination(settings.on_failure),
        },
    }


def _numbers(params: Parameters) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if "MaximumRetryAttempts" in params:
        attempts = params["MaximumRetryAttempts"]
        check_between(attempts, "maximumRetryAttempts", 0, _RETRIES_MAX)
        changes["maximum_retry_attempts"] = attempts
    if "MaximumEventAgeInSeconds" in params:
        age = params["MaximumEventAgeInSeconds"]
        check_between(age, "maximumEventAgeInSeconds", _AGE_MIN, _AGE_MAX)
        changes["maximum_event_age"] = seconds(age)
    return changes


def _destinations(
    account: LambdaAccount, function: Function, config: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the destinations of *config*, if there is one, as AWS checks them."""
    if config is None:
        return {}
    _require_recipients(config)
    on_success = destination_of(config, "OnSuccess")
    on_failure = destination_of(config, "OnFailure")
    for destination in (on_success, on_failure):
        if destination is None:
            continue
        check_destination(destination, function.name)
        if destination.kind == "lambda":
            _require_another_function(account, function, destination.arn)
    return {"on_success": on_success, "on_failure": on_failure}


def _require_recipients(config: Mapping[str, Any]) -> None:
    """Raise AWS's error for the ARN of a service that takes no records."""
    for side in ("OnSuccess", "OnFailure"):
        arn: str = config.get(side, {}).get("Destination", "")
        if arn.startswith("arn:") and arn.split(":")[2] not in _RECIPIENTS:
            parts = ", ".join(
                f"{name[0].lower()}{name[1:]}={_printed(config, name)}"
                for name in ("OnSuccess", "OnFailure")
            )
            raise invalid_value(
                f"The provided destination config DestinationConfig({parts}) is invalid."
            )


def _printed(config: Mapping[str, Any], side: str) -> str:
    """Return one side as AWS's message prints it."""
    arn = config.get(side, {}).get("Destination")
    return "null" if side not in config else f"{side}(destination={arn or 'null'})"


def _require_another_function(account: LambdaAccount, function: Function, arn: str) -> None:
    """Raise AWS's error for a destination that is the function itself, or no function at all."""
    name, qualifier = split_name(arn, account.identity)
    if qualifier is not None:
        raise UnsupportedError(
            f"lambda: the destination {arn} is a version or an alias, which are not modelled"
        )
    if name == function.name:
        raise invalid_value("You can't specify the function as a destination for itself.")
    if name not in account.functions:
        raise invalid_value(f"The destination ARN {arn} is invalid.")
