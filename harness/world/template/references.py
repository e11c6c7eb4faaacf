"""Which resources an unresolved part of a template names, as far as its text shows."""

from collections.abc import Iterator

from harness.world.template.intrinsics import PLACEHOLDER
from harness.world.template.node import MappingNode, Node, ScalarNode, SequenceNode


def named_in(node: Node) -> Iterator[str]:
    """Return every name that a Ref, Fn::GetAtt or Fn::Sub within *node* holds."""
    if isinstance(node, SequenceNode):
        for item in node.items:
            yield from named_in(item)
    elif isinstance(node, MappingNode):
        for name, member in node:
            yield from _named_by(name, member)
            yield from named_in(member)


def _named_by(name: str, member: Node) -> Iterator[str]:
    if isinstance(member, SequenceNode) and name in ("Fn::GetAtt", "Fn::Sub") and member.items:
        member = member.items[0]
    if not isinstance(member, ScalarNode):
        return
    if name == "Ref":
        yield member.text
    elif name == "Fn::GetAtt":
        yield member.text.partition(".")[0]
    elif name == "Fn::Sub":
        for inner in PLACEHOLDER.findall(member.text):
            yield inner.strip().partition(".")[0]
