"""Put-, Update-, Get-, Delete- and ListFunctionEventInvokeConfig(s): what becomes of events.

A function of this world has at most one configuration, that of ``$LATEST``.
"""

from dataclasses import replace

from harness.kernel.instant import Instant
from harness.runtime.function import AsynchronousConfiguration
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.bounds import check_between
from harness.world.awslambda.errors import not_found
from harness.world.awslambda.functionnames import LATEST
from harness.world.awslambda.invokeconfigs import (
    SETTINGS,
    configure,
    configured_function,
    function_to_configure,
    require_a_setting,
    shown,
)

_NAME = frozenset({"FunctionName", "Qualifier"})
_LISTED_MAX = 50


def put_function_event_invoke_config(
    account: LambdaAccount, params: Parameters, now: Instant
) -> Output:
    """Set the configuration; what is not given has its default."""
    require_modelled("PutFunctionEventInvokeConfig", params, _NAME | SETTINGS)
    require_a_setting(params)
    function = function_to_configure(account, params)
    dead_letter = function.asynchronous.dead_letter
    return configure(
        account, function, AsynchronousConfiguration(dead_letter=dead_letter), params, now
    )


def update_function_event_invoke_config(
    account: LambdaAccount, params: Parameters, now: Instant
) -> Output:
    """Change the configuration; what is not given stays as it is."""
    require_modelled("UpdateFunctionEventInvokeConfig", params, _NAME | SETTINGS)
    require_a_setting(params)
    function = function_to_configure(account, params)
    if function.asynchronous.given is None:
        arn = account.function_arn(function.name)
        raise not_found(f"The function {arn}:{LATEST} doesn't have an EventInvokeConfig")
    return configure(account, function, function.asynchronous, params, now)


def get_function_event_invoke_config(
    account: LambdaAccount,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Return the configuration."""
    require_modelled("GetFunctionEventInvokeConfig", params, _NAME)
    return shown(account, configured_function(account, params))


def delete_function_event_invoke_config(
    account: LambdaAccount,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Go back to the defaults."""
    require_modelled("DeleteFunctionEventInvokeConfig", params, _NAME)
    function = configured_function(account, params)
    dead_letter = function.asynchronous.dead_letter
    account.configure(
        replace(function, asynchronous=AsynchronousConfiguration(dead_letter=dead_letter))
    )
    return {}


def list_function_event_invoke_configs(
    account: LambdaAccount,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Return the function's one configuration, or none; so there is never a second page."""
    require_modelled(
        "ListFunctionEventInvokeConfigs", params, frozenset({"FunctionName", "MaxItems"})
    )
    if "MaxItems" in params:
        check_between(params["MaxItems"], "maxItems", 1, _LISTED_MAX)
    function = function_to_configure(account, params)
    is_configured = function.asynchronous.given is not None
    return {"FunctionEventInvokeConfigs": [shown(account, function)] if is_configured else []}
