"""The sections of a template, and the resources that its conditions leave in."""

from collections.abc import Sequence
from dataclasses import replace

from harness.world.template.globals import merged, read_globals
from harness.world.template.node import MappingNode, Node, Position, ScalarNode, SequenceNode
from harness.world.template.problems import broken, suggestion, unsupported
from harness.world.template.resources.registry import identify_of, unknown_type
from harness.world.template.scope import Declaration, Scope
from harness.world.template.without import WHY, Without, left_out, reduced
from harness.world.topology import Ignored

SECTIONS = (
    *("AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Mappings"),
    *("Metadata", "Outputs", "Parameters", "Resources", "Rules", "Transform"),
)
SECTIONS_NOT_MODELLED = ("Hooks",)
SERVERLESS = "AWS::Serverless-2016-10-31"
EXTENSIONS = "AWS::LanguageExtensions"
REMEDY_LOOP = "write the resources out"
RULES = "rules judge the parameters before anything is made"

RESOURCE_MEMBERS = ("Condition", "DependsOn", "Properties", "Type")
WITHOUT_EFFECT = (
    *("CreationPolicy", "DeletionPolicy", "Metadata", "UpdatePolicy", "UpdateReplacePolicy"),
)
RESOURCE_MEMBERS_NOT_MODELLED = ("Connectors",)


def section(template: MappingNode, name: str) -> MappingNode | None:
    """Return the section *name*, if the template has it."""
    found = template.members.get(name)
    if found is None or isinstance(found, MappingNode):
        return found
    raise broken(found.position, f"section {name!r} must be a mapping, not {found.shown}")


def check_sections(template: MappingNode) -> None:
    """Refuse what is no section, and transforms other than SAM's."""
    for name in template.members:
        if name in SECTIONS_NOT_MODELLED:
            raise unsupported(template.at(name), f"section {name!r} is not modelled")
        if name not in SECTIONS:
            hint = suggestion(name, SECTIONS)
            raise broken(template.at(name), f"unknown section {name!r}{hint}")
    for transform in transforms(template):
        if transform.text not in (SERVERLESS, EXTENSIONS):
            problem = (
                f"transform {transform.text!r} is not modelled; apply it, and use the outcome"
            )
            raise unsupported(transform.position, problem)


def transforms(template: MappingNode) -> list[ScalarNode]:
    """Return the names of the transforms."""
    found = template.members.get("Transform")
    nodes = found.items if isinstance(found, SequenceNode) else () if found is None else (found,)
    return [node for node in nodes if isinstance(node, ScalarNode)]


def declare(template: MappingNode, scope: Scope, without: Sequence[Without] = ()) -> None:
    """Add every resource whose condition holds to *scope*, but for what is left out by name."""
    resources = section(template, "Resources")
    if resources is None or not resources.members:
        raise broken(template.position, "the template has no 'Resources'")
    if section(template, "Rules") is not None:
        scope.ignored.append(Ignored("Rules", "", "", RULES))
    scope.without = left_out(without, resources.members)
    _check_types(resources, scope)
    common = read_globals(section(template, "Globals"))
    is_serverless = any(transform.text == SERVERLESS for transform in transforms(template))
    for logical_id, node in resources:
        position = resources.at(logical_id)
        if not isinstance(node, MappingNode):
            raise broken(position, f"resource {logical_id!r} must be a mapping, not {node.shown}")
        if logical_id in scope.without:
            kind = _text(node, "Type", logical_id)
            type_name = "" if kind is None else kind.text
            scope.ignored.append(Ignored(logical_id, type_name, "", WHY))
            continue
        _check_members(logical_id, node)
        condition = _text(node, "Condition", logical_id)
        if condition and not scope.is_true(condition.text, condition.position):
            scope.left_out[logical_id] = condition.text
            continue
        declaration = _reduced(_declaration(logical_id, node, position, common), scope, without)
        if declaration.type_name.startswith("AWS::Serverless::") and not is_serverless:
            problem = f"{declaration.owner}: needs 'Transform: {SERVERLESS}' in the template"
            raise broken(position, problem)
        scope.declarations[logical_id] = declaration
    for logical_id in scope.declarations:
        _check_depends_on(resources, logical_id)


def _check_types(resources: MappingNode, scope: Scope) -> None:
    """Refuse the types that are not known, all of them at once: each is a decision of the author's."""
    unknown: list[tuple[str, ScalarNode]] = []
    for logical_id, node in resources:
        if logical_id.startswith("Fn::ForEach::"):
            problem = f"the intrinsic function {logical_id!r} is not modelled; {REMEDY_LOOP}"
            raise unsupported(resources.at(logical_id), problem)
        if logical_id in scope.without or not isinstance(node, MappingNode):
            continue
        condition, kind = node.members.get("Condition"), node.members.get("Type")
        if not isinstance(kind, ScalarNode) or identify_of(kind.text) is not None:
            continue
        if not isinstance(condition, ScalarNode) or scope.is_true(
            condition.text, condition.position
        ):
            unknown.append((logical_id, kind))
    if unknown:
        (logical_id, kind), *others = unknown
        raise unknown_type(logical_id, kind.text, kind.position, [name for name, _ in others])


def _declaration(
    logical_id: str, node: MappingNode, position: Position, common: dict[str, MappingNode]
) -> Declaration:
    kind = _text(node, "Type", logical_id)
    if kind is None:
        raise broken(position, f"resource {logical_id!r} has no 'Type'")
    identify = identify_of(kind.text)
    assert identify is not None, "unknown types have been refused"
    properties = node.members.get("Properties", MappingNode({}, position))
    if not isinstance(properties, MappingNode):
        problem = (
            f"resource {logical_id!r}: 'Properties' must be a mapping, not {properties.shown}"
        )
        raise broken(properties.position, problem)
    both: Node = properties
    if kind.text in common:
        both = merged(common[kind.text], properties)
    assert isinstance(both, MappingNode), "two mappings merge into one"
    return Declaration(logical_id, kind.text, both, position, identify)


def _reduced(declaration: Declaration, scope: Scope, without: Sequence[Without]) -> Declaration:
    """Return *declaration* without the properties that are left out by name."""
    logical_id, type_name = declaration.logical_id, declaration.type_name
    properties, settings = reduced(declaration.properties, logical_id, without)
    scope.ignored += [Ignored(logical_id, type_name, setting, WHY) for setting in settings]
    return replace(declaration, properties=properties)


def _check_members(logical_id: str, node: MappingNode) -> None:
    for name in node.members:
        if name in RESOURCE_MEMBERS_NOT_MODELLED:
            problem = f"resource {logical_id!r}: {name!r} is not modelled"
            raise unsupported(node.at(name), problem)
        if name not in RESOURCE_MEMBERS and name not in WITHOUT_EFFECT:
            hint = suggestion(name, (*RESOURCE_MEMBERS, *WITHOUT_EFFECT))
            raise broken(node.at(name), f"resource {logical_id!r}: unknown key {name!r}{hint}")


def _check_depends_on(resources: MappingNode, logical_id: str) -> None:
    """Refuse a name without an owner; the order itself has no effect, a world is made at once."""
    node = resources.members[logical_id]
    assert isinstance(node, MappingNode), "it has been declared"
    found = node.members.get("DependsOn")
    names = found.items if isinstance(found, SequenceNode) else () if found is None else (found,)
    for name in names:
        if not isinstance(name, ScalarNode) or name.text not in resources.members:
            shown = name.text if isinstance(name, ScalarNode) else ""
            hint = suggestion(shown, resources.members)
            problem = f"resource {logical_id!r} depends on {shown!r}, which is no resource{hint}"
            raise broken(name.position, problem)


def _text(node: MappingNode, name: str, logical_id: str) -> ScalarNode | None:
    found = node.members.get(name)
    if found is None or isinstance(found, ScalarNode):
        return found
    raise broken(found.position, f"resource {logical_id!r}: {name!r} must be a text")
