"""Which resources a function's environment and policies name."""

from collections.abc import Iterator, Mapping

from harness.world.template.draft import Draft
from harness.world.template.node import ScalarNode
from harness.world.template.references import named_in
from harness.world.template.scope import Declaration, Scope
from harness.world.topology import Reference

RESOURCE_TYPES = (
    "AWS::DynamoDB::Table",
    "AWS::Kinesis::Stream",
    "AWS::S3::Bucket",
    "AWS::SQS::Queue",
    "AWS::Serverless::SimpleTable",
)
POLICIES = "policies"
POLICY_TYPES = ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy")


def add_references(
    declaration: Declaration, environment: Mapping[str, ScalarNode], scope: Scope, draft: Draft
) -> None:
    """Add one reference for each resource named, with all the ways in which it is."""
    through: dict[str, list[str]] = {}
    for variable, value in environment.items():
        for name in value.references or _named_literally(value.text, scope):
            through.setdefault(name, []).append(variable)
    for name in _named_by_policies(declaration, scope):
        ways = through.setdefault(name, [])
        if POLICIES not in ways:
            ways.append(POLICIES)
    for logical_id, resource in scope.declarations.items():
        if logical_id in through and resource.type_name in RESOURCE_TYPES:
            ways_found = tuple(through[logical_id])
            draft.references.append(Reference(declaration.logical_id, logical_id, ways_found))


def _named_literally(text: str, scope: Scope) -> Iterator[str]:
    for logical_id, resource in scope.declarations.items():
        if resource.type_name in RESOURCE_TYPES and scope.identify(logical_id).name == text:
            yield logical_id


def _named_by_policies(declaration: Declaration, scope: Scope) -> Iterator[str]:
    members = declaration.properties.members
    if "Policies" in members:
        yield from named_in(members["Policies"])
    if "Role" not in members:
        return
    for name in tuple(named_in(members["Role"])):
        if name not in scope.declarations:
            continue
        yield from named_in(scope.declarations[name].properties)
        for policy in scope.declarations.values():
            roles = policy.properties.members.get("Roles")
            attached = roles is not None and name in tuple(named_in(roles))
            if policy.type_name in POLICY_TYPES and attached:
                yield from named_in(policy.properties)
