"""``AWS::Lambda::Function`` and ``AWS::Serverless::Function``."""

import re
from dataclasses import replace
from pathlib import Path

from harness.kernel.instant import seconds
from harness.runtime.function import AsynchronousConfiguration, DestinationConfiguration, Function
from harness.world.template.block import Block, vocabulary
from harness.world.template.draft import Draft
from harness.world.template.node import ScalarNode
from harness.world.template.problems import REMEDY
from harness.world.template.resources import words
from harness.world.template.resources.destinations import read_target
from harness.world.template.resources.environment import read_environment
from harness.world.template.resources.functionreferences import add_references
from harness.world.template.resources.invokeconfig import INVOKE_WORDS, read_asynchronous
from harness.world.template.resources.resourcetype import ResourceType, physical_name
from harness.world.template.resources.samevents import read_events
from harness.world.template.scope import Declaration, Identification, Scope
from harness.writtenpaths import names_folder, names_something

MODELLED = (
    "Description Environment FunctionName Handler MemorySize PackageType "
    "ReservedConcurrentExecutions Runtime Timeout"
)
ACCEPTED = {
    "Architectures": "handlers are Python: they run on any processor",
    "CodeSigningConfigArn": "deployment is not simulated",
    "EphemeralStorage": "the space for temporary files is not bounded here",
    "KmsKeyArn": words.ENCRYPTION,
    "LoggingConfig": words.LOGS,
    "RecursiveLoop": "Lambda's loop detection never strikes here",
    "Role": words.PERMISSIONS,
    "RuntimeManagementConfig": "deployment is not simulated",
    "SourceKMSKeyArn": words.ENCRYPTION,
    "Tags": words.TAGS,
    "VpcConfig": "every partner is reached without a network",
}
REFUSED = (
    "CapacityProviderConfig DurableConfig FileSystemConfigs FunctionScalingConfig ImageConfig "
    "Layers PublishToLatestPublished SnapStart TenancyConfig"
)
LAMBDA_WORDS = vocabulary(
    f"{MODELLED} Code DeadLetterConfig",
    accepted={**ACCEPTED, "TracingConfig": words.TRACING},
    refused=REFUSED,
)

SAM_WORDS = vocabulary(
    f"{MODELLED} CodeUri DeadLetterQueue EventInvokeConfig Events",
    accepted={
        **ACCEPTED,
        "AssumeRolePolicyDocument": words.PERMISSIONS,
        "PermissionsBoundary": words.PERMISSIONS,
        "Policies": words.PERMISSIONS,
        "PropagateTags": words.TAGS,
        "RolePath": words.PERMISSIONS,
        "Tracing": words.TRACING,
    },
    refused=f"{REFUSED} AutoPublishAlias AutoPublishAliasAllProperties AutoPublishCodeSha256 "
    "DeploymentPreference FunctionUrlConfig ImageUri InlineCode ProvisionedConcurrencyConfig "
    "VersionDeletionPolicy VersionDescription",
)
SAM_DEAD_LETTER_WORDS = vocabulary("TargetArn Type")
DEAD_LETTER_WORDS = vocabulary("TargetArn")

HANDLER = re.compile(r"[A-Za-z_][\w-]*([./][A-Za-z_][\w-]*)*\.[A-Za-z_]\w*")
RUNTIME = re.compile(r"python3\.\d+")


def identify(declaration: Declaration, scope: Scope) -> Identification:
    """``Ref`` is the name."""
    name = physical_name(declaration, scope, "FunctionName")
    return Identification(name, name, {"Arn": scope.identity.arn("lambda", f"function:{name}")})


def build(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Add a function of plain CloudFormation."""
    dead_letter = block.block("DeadLetterConfig", DEAD_LETTER_WORDS)
    target = None
    if dead_letter is not None:
        target = read_target(dead_letter, "TargetArn", scope, ("sqs",))
    asynchronous = AsynchronousConfiguration(dead_letter=target)
    _add(declaration, block, scope, draft, code="Code", asynchronous=asynchronous)


def build_sam(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Add a function of SAM, and the mappings and notifications that its events stand for."""
    invoke = block.block("EventInvokeConfig", INVOKE_WORDS)
    asynchronous = AsynchronousConfiguration()
    if invoke is not None:
        asynchronous = read_asynchronous(invoke, scope)
    asynchronous = replace(asynchronous, dead_letter=_sam_dead_letter(block, scope))
    _add(declaration, block, scope, draft, code="CodeUri", asynchronous=asynchronous)
    read_events(declaration, block, scope, draft)


def _sam_dead_letter(block: Block, scope: Scope) -> DestinationConfiguration | None:
    dead_letter = block.block("DeadLetterQueue", SAM_DEAD_LETTER_WORDS)
    if dead_letter is None:
        return None
    if dead_letter.choice("Type", ("SNS", "SQS")) == "SNS":
        raise dead_letter.unsupported("Type", f"a dead-letter topic is not modelled; {REMEDY}")
    return read_target(dead_letter, "TargetArn", scope, ("sqs",))


def _add(  # noqa: PLR0913 - what every build is given, and the two that differ
    declaration: Declaration,
    block: Block,
    scope: Scope,
    draft: Draft,
    *,
    code: str,
    asynchronous: AsynchronousConfiguration,
) -> None:
    if block.choice("PackageType", ("Image", "Zip")) == "Image":
        raise block.unsupported("PackageType", f"a container image is not modelled; {REMEDY}")
    _check_runtime(block)
    environment = read_environment(block)
    function = Function(
        name=scope.identify(declaration.logical_id).name,
        logical_id=declaration.logical_id,
        code=_code(block, code, scope.path.parent),
        handler=_handler(block),
        environment={name: value.text for name, value in environment.items()},
        timeout=block.seconds("Timeout", 1, 900) or seconds(3),
        memory_mb=block.integer("MemorySize", 128, 10_240) or 128,
        reserved_concurrency=block.integer("ReservedConcurrentExecutions", 0, 1000),
        asynchronous=asynchronous,
        description=block.text("Description") or "",
    )
    draft.functions.append(function)
    add_references(declaration, environment, scope, draft)


def _check_runtime(block: Block) -> None:
    runtime = block.required("Runtime")
    if not RUNTIME.fullmatch(runtime):
        raise block.unsupported(
            "Runtime", f"runtime {runtime!r} is not modelled, only python3.x is"
        )


def _handler(block: Block) -> str:
    handler = block.required("Handler")
    if not HANDLER.fullmatch(handler):
        raise block.wrong("Handler", "a dotted path such as 'package.module.function'")
    return handler


def _code(block: Block, setting: str, directory: Path) -> Path:
    """Return the folder that becomes /var/task."""
    written = block.find(setting)
    if written is None:
        raise block.missing(setting)
    if not isinstance(written, ScalarNode) or written.text.startswith("s3://"):
        problem = f"{setting!r} must be a folder beside the template: other code is not modelled"
        raise block.unsupported(setting, problem)
    folder = (directory / written.text).resolve()
    if not names_folder(folder):
        why = "is not a folder" if names_something(folder) else "does not exist"
        raise block.broken(setting, f"{setting} {written.shown} {why}")
    return folder


TYPES = (
    ResourceType("AWS::Lambda::Function", LAMBDA_WORDS, identify, build),
    ResourceType("AWS::Serverless::Function", SAM_WORDS, identify, build_sam),
)
