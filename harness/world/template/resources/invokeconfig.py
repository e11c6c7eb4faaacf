"""``AWS::Lambda::EventInvokeConfig``, and the same settings within a SAM function."""

from dataclasses import replace

from harness.kernel.instant import hours
from harness.runtime.function import AsynchronousConfiguration
from harness.world.template.block import Block, vocabulary
from harness.world.template.draft import Draft
from harness.world.template.resources.destinations import CONFIG_WORDS, read_destination
from harness.world.template.resources.lambdanames import function_of
from harness.world.template.resources.resourcetype import ResourceType
from harness.world.template.scope import Declaration, Identification, Scope

SHARED = "DestinationConfig MaximumEventAgeInSeconds MaximumRetryAttempts"
INVOKE_WORDS = vocabulary(SHARED)
WORDS = vocabulary(f"{SHARED} FunctionName Qualifier")
RETRIES_BY_DEFAULT = 2


def identify(declaration: Declaration, _scope: Scope) -> Identification:
    """``Ref`` is an identifier that nothing uses."""
    return Identification(declaration.logical_id, declaration.logical_id)


def read_asynchronous(block: Block, scope: Scope) -> AsynchronousConfiguration:
    """Return the configuration that the settings in *block* make."""
    retries = block.integer("MaximumRetryAttempts", 0, 2)
    destinations = block.block("DestinationConfig", CONFIG_WORDS)
    on_success = on_failure = None
    if destinations is not None:
        on_success = read_destination(destinations, "OnSuccess", scope, ("sqs", "lambda"))
        on_failure = read_destination(destinations, "OnFailure", scope, ("sqs", "lambda", "s3"))
    age = block.seconds("MaximumEventAgeInSeconds", 60, 21_600)
    numbers = {"MaximumEventAgeInSeconds": age, "MaximumRetryAttempts": retries}
    return AsynchronousConfiguration(
        maximum_retry_attempts=RETRIES_BY_DEFAULT if retries is None else retries,
        maximum_event_age=hours(6) if age is None else age,
        on_success=on_success,
        on_failure=on_failure,
        given=tuple(name for name, value in numbers.items() if value is not None),
    )


def build(_declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Note the configuration for its function, which may not have been read yet."""
    function = function_of(block, "FunctionName", scope)
    if (block.text("Qualifier") or "$LATEST") != "$LATEST":
        problem = f"function version or alias {block.text('Qualifier')!r} is not modelled"
        raise block.unsupported("Qualifier", problem)
    draft.asynchronous[function] = read_asynchronous(block, scope)


def apply_asynchronous(draft: Draft) -> None:
    """Give each function the configuration that was noted for it; its dead-letter queue stays."""
    for number, function in enumerate(draft.functions):
        found = draft.asynchronous.get(function.name)
        if found is not None:
            found = replace(found, dead_letter=function.asynchronous.dead_letter)
            draft.functions[number] = replace(function, asynchronous=found)


TYPES = (ResourceType("AWS::Lambda::EventInvokeConfig", WORDS, identify, build),)
