"""``Outputs``: what a stack tells about itself."""

from harness.world.template.node import HIDDEN, MappingNode, ScalarNode
from harness.world.template.problems import broken, suggestion
from harness.world.template.scope import Scope

MEMBERS = ("Condition", "Description", "Export", "Value")


def read_outputs(section: MappingNode | None, scope: Scope) -> dict[str, str]:
    """Return the outputs whose condition holds; what a secret went into is hidden."""
    found: dict[str, str] = {}
    for name, node in section or ():
        assert section is not None, "there is a member"
        if not isinstance(node, MappingNode) or "Value" not in node.members:
            raise broken(section.at(name), f"output {name!r} has no 'Value'")
        for member in node.members:
            if member not in MEMBERS:
                hint = suggestion(member, MEMBERS)
                raise broken(node.at(member), f"output {name!r}: unknown key {member!r}{hint}")
        condition = node.members.get("Condition")
        if isinstance(condition, ScalarNode) and not scope.is_true(
            condition.text, condition.position
        ):
            continue
        value = scope.resolve(node.members["Value"])
        if not isinstance(value, ScalarNode):
            raise broken(node.at("Value"), f"output {name!r} must be a text")
        found[name] = HIDDEN if value.is_secret else value.text
    return found
