"""A function's environment variables."""

import re

from harness.world.template.block import Block, vocabulary
from harness.world.template.node import MappingNode, ScalarNode

WORDS = vocabulary("Variables")
NAME = re.compile(r"[A-Za-z]\w+")
SIZE_MAX = 4096
"""Bytes, all names and values together."""

RESERVED = (
    *("_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV"),
    *("AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
    *("AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE"),
    *("AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY"),
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
    *("AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"),
)


def read_environment(block: Block) -> dict[str, ScalarNode]:
    """Return the variables; a value may be secret, and remembers the resources in it."""
    inner = block.block("Environment", WORDS)
    variables = inner and inner.find("Variables")
    if inner is None or variables is None:
        return {}
    if not isinstance(variables, MappingNode):
        raise inner.wrong("Variables", "a mapping")
    found: dict[str, ScalarNode] = {}
    for name, value in variables:
        found[name] = _checked(inner, name, value, variables)
    size = sum(len(name.encode()) + len(value.text.encode()) for name, value in found.items())
    if size > SIZE_MAX:
        raise inner.broken(
            "Variables",
            "Lambda was unable to configure your environment variables because the environment "
            f"variables you have provided exceeded the 4KB limit: they have {size} bytes",
        )
    return found


def problem_of_name(name: str) -> str | None:
    """Return why no variable may be called *name*, if none may."""
    if name in RESERVED:
        return (
            "Lambda was unable to configure your environment variables because the environment "
            "variables you have provided contains reserved keys that are currently not supported "
            f"for modification. Reserved keys used in this request: {name}"
        )
    if not NAME.fullmatch(name):
        return f"environment variable {name!r} must be two or more letters, digits or _, a letter first"
    return None


def _checked(inner: Block, name: str, value: object, variables: MappingNode) -> ScalarNode:
    variable = Block(MappingNode({}, variables.at(name)), inner.owner, WORDS)
    if problem := problem_of_name(name):
        raise variable.broken(name, problem)
    if not isinstance(value, ScalarNode):
        raise variable.broken(name, f"environment variable {name!r} must be a text")
    return value
