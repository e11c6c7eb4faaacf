"""Lambda: the service, and the operations it knows by AWS's names.

It stands in the world and not among the engines, because it needs what runs functions and what maps
event sources to them.
"""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount
from harness.world.awslambda.operations.create_event_source_mapping import (
    create_event_source_mapping,
)
from harness.world.awslambda.operations.delete_event_source_mapping import (
    delete_event_source_mapping,
)
from harness.world.awslambda.operations.event_invoke_config import (
    delete_function_event_invoke_config,
    get_function_event_invoke_config,
    list_function_event_invoke_configs,
    put_function_event_invoke_config,
    update_function_event_invoke_config,
)
from harness.world.awslambda.operations.function_concurrency import (
    delete_function_concurrency,
    get_function_concurrency,
    put_function_concurrency,
)
from harness.world.awslambda.operations.get_event_source_mapping import get_event_source_mapping
from harness.world.awslambda.operations.invoke import invoke
from harness.world.awslambda.operations.list_event_source_mappings import (
    list_event_source_mappings,
)
from harness.world.awslambda.operations.update_event_source_mapping import (
    update_event_source_mapping,
)

Operation = Callable[[LambdaAccount, Parameters, Instant], Output]

OPERATIONS: Mapping[str, Operation] = {
    "CreateEventSourceMapping": create_event_source_mapping,
    "DeleteEventSourceMapping": delete_event_source_mapping,
    "DeleteFunctionConcurrency": delete_function_concurrency,
    "DeleteFunctionEventInvokeConfig": delete_function_event_invoke_config,
    "GetEventSourceMapping": get_event_source_mapping,
    "GetFunctionConcurrency": get_function_concurrency,
    "GetFunctionEventInvokeConfig": get_function_event_invoke_config,
    "Invoke": invoke,
    "ListEventSourceMappings": list_event_source_mappings,
    "ListFunctionEventInvokeConfigs": list_function_event_invoke_configs,
    "PutFunctionConcurrency": put_function_concurrency,
    "PutFunctionEventInvokeConfig": put_function_event_invoke_config,
    "UpdateEventSourceMapping": update_event_source_mapping,
    "UpdateFunctionEventInvokeConfig": update_function_event_invoke_config,
}


class Lambda(LambdaAccount):
    """AWS Lambda of one account in one region, for the functions that the template declares."""

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation that is modelled."""
        return OPERATIONS
