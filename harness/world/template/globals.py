"""``Globals``: what SAM adds to every function.

Mappings are merged, lists are joined with the global members first, and anything else is
replaced (SAM specification, "Globals section").
"""

from harness.world.template.node import MappingNode, Node, SequenceNode
from harness.world.template.problems import broken, suggestion, unsupported

FUNCTION_PROPERTIES = (
    *("Architectures", "AssumeRolePolicyDocument", "AutoPublishAlias", "CapacityProviderConfig"),
    *("CodeUri", "DeadLetterQueue", "DeploymentPreference", "Description", "DurableConfig"),
    *("Environment", "EphemeralStorage", "EventInvokeConfig", "FunctionScalingConfig", "Handler"),
    *("KmsKeyArn", "Layers", "LoggingConfig", "MemorySize", "PermissionsBoundary"),
    *("PropagateTags", "ProvisionedConcurrencyConfig", "PublishToLatestPublished"),
    *("RecursiveLoop", "ReservedConcurrentExecutions", "RolePath", "Runtime"),
    *("RuntimeManagementConfig", "SnapStart", "SourceKMSKeyArn", "Tags", "TenancyConfig"),
    *("Timeout", "Tracing", "VersionDeletionPolicy", "VpcConfig"),
)
NOT_MODELLED = (
    *("Api", "CapacityProvider", "HttpApi", "LayerVersion", "StateMachine", "WebSocketApi"),
)
TYPES = {"Function": "AWS::Serverless::Function", "SimpleTable": "AWS::Serverless::SimpleTable"}


def read_globals(section: MappingNode | None) -> dict[str, MappingNode]:
    """Return the common properties of each resource type."""
    found: dict[str, MappingNode] = {}
    for name, node in section or ():
        assert section is not None, "there is a member"
        if name in NOT_MODELLED:
            raise unsupported(section.at(name), f"Globals: section {name!r} is not modelled")
        if name not in TYPES:
            hint = suggestion(name, TYPES)
            raise broken(section.at(name), f"Globals: unknown section {name!r}{hint}")
        if not isinstance(node, MappingNode):
            raise broken(node.position, f"Globals: {name!r} must be a mapping, not {node.shown}")
        allowed = FUNCTION_PROPERTIES if name == "Function" else ("SSESpecification",)
        for setting in node.members:
            if setting not in allowed:
                hint = suggestion(setting, allowed)
                problem = f"Globals: {setting!r} is no common property of a {name}{hint}"
                raise broken(node.at(setting), problem)
        found[TYPES[name]] = node
    return found


def merged(common: Node, own: Node) -> Node:
    """Return *own* with what only *common* says added."""
    if isinstance(common, SequenceNode) and isinstance(own, SequenceNode):
        return SequenceNode((*common.items, *own.items), own.position)
    if not isinstance(common, MappingNode) or not isinstance(own, MappingNode):
        return own
    if _is_intrinsic(common) or _is_intrinsic(own):
        return own
    members = dict(common.members)
    for name, member in own:
        members[name] = merged(members[name], member) if name in members else member
    return MappingNode(members, own.position, {**common.keys, **own.keys})


def _is_intrinsic(node: MappingNode) -> bool:
    return len(node.members) == 1 and next(iter(node.members)).startswith(("Fn::", "Ref"))
