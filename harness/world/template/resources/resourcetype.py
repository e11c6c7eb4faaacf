"""ResourceType: how one CloudFormation type is named, checked and added to a topology."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.world.template.block import Block, Vocabulary
from harness.world.template.draft import Draft
from harness.world.template.node import ScalarNode
from harness.world.template.problems import broken
from harness.world.template.scope import Declaration, Identification, Scope


@dataclass(frozen=True, slots=True)
class ResourceType:
    """One CloudFormation type that takes part in a simulation."""

    name: str
    words: Vocabulary
    identify: Callable[[Declaration, Scope], Identification]
    build: Callable[[Declaration, Block, Scope, Draft], None]


def physical_name(declaration: Declaration, scope: Scope, setting: str) -> str:
    """Return the name that *setting* gives the resource, or its logical id.

    AWS would make a name of the stack's, the logical id and chance; here the logical id alone is
    enough, and reads better in a journal.
    """
    written = declaration.properties.members.get(setting)
    node = None if written is None else scope.resolve(written)
    if node is None:
        return declaration.logical_id
    if not isinstance(node, ScalarNode) or not node.text:
        problem = f"{declaration.owner}: {setting!r} must be a text, not {node.shown}"
        raise broken(node.position, problem)
    return node.text
