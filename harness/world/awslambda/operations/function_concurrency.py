"""Put-, Get- and DeleteFunctionConcurrency: how many environments are reserved for a function."""

from dataclasses import replace

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.bounds import check_between
from harness.world.awslambda.concurrency import check_reservation
from harness.world.awslambda.errors import invalid_value
from harness.world.awslambda.functionnames import LATEST

_NAME = frozenset({"FunctionName"})
_RESERVED = "ReservedConcurrentExecutions"
_INTEGER_MAX = 2_147_483_647


def put_function_concurrency(account: LambdaAccount, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Reserve environments; 0 stops the function."""
    require_modelled("PutFunctionConcurrency", params, _NAME | {_RESERVED})
    reserved = params[_RESERVED]
    check_between(reserved, "reservedConcurrentExecutions", 0, _INTEGER_MAX)
    name, qualifier = account.qualified_name({"FunctionName": params["FunctionName"]})
    # AWS's error for a function that is not there names its latest version.
    function = account.function_of({"FunctionName": name, "Qualifier": LATEST})
    if qualifier is not None:
        raise invalid_value(
            "This operation is permitted on Lambda functions only. Aliases and versions do not "
            "support this operation. Please specify either a function name or an unqualified "
            "function ARN."
        )
    check_reservation(function, reserved, account.functions.values())
    account.configure(replace(function, reserved_concurrency=reserved))
    return {_RESERVED: reserved}


def get_function_concurrency(account: LambdaAccount, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return what is reserved; nothing where nothing is."""
    require_modelled("GetFunctionConcurrency", params, _NAME)
    reserved = account.function_of(params).reserved_concurrency
    return {} if reserved is None else {_RESERVED: reserved}


def delete_function_concurrency(
    account: LambdaAccount,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Reserve nothing any more."""
    require_modelled("DeleteFunctionConcurrency", params, _NAME)
    account.configure(replace(account.function_of(params), reserved_concurrency=None))
    return {}
