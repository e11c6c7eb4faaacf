"""How other resources name a function: by its name or its ARN."""

from harness.world.template.block import Block
from harness.world.template.problems import suggestion
from harness.world.template.scope import Scope

FUNCTION_TYPES = ("AWS::Lambda::Function", "AWS::Serverless::Function")


def function_of(block: Block, setting: str, scope: Scope) -> str:
    """Return the name of the function that *setting* names."""
    text = block.required(setting)
    prefix, separator, name = text.partition(":function:")
    if not separator:
        name = text
    elif not prefix.startswith("arn:"):
        raise block.broken(setting, f"{block.shown(setting)} is no function ARN")
    name, colon, qualifier = name.partition(":")
    if colon and qualifier != "$LATEST":
        raise block.unsupported(
            setting, f"function version or alias {qualifier!r} is not modelled"
        )
    known = [
        scope.identify(logical_id).name
        for logical_id, declaration in scope.declarations.items()
        if declaration.type_name in FUNCTION_TYPES
    ]
    if name not in known:
        problem = (
            f"{block.shown(setting)} is no function of this template{suggestion(name, known)}"
        )
        raise block.broken(setting, problem)
    return name
