"""A CloudFormation stack: the physical names of what the template declares, and its outputs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from harness.deployed.settings import StackError
from harness.world.topology import Resource, Topology


@dataclass(frozen=True, slots=True)
class Stack:
    """What CloudFormation says of one stack."""

    name: str
    physical_ids: Mapping[str, str]
    """Logical id -> physical id; a queue's is its URL."""
    outputs: Mapping[str, str]


def read_stack(session: Any, name: str) -> Stack:
    """Return the stack called *name*, asked for with the credentials and region of *session*.

    StackError says what is missing: credentials, a region, the stack, or AWS's answer.
    """
    try:
        return _read(session.client("cloudformation"), name)
    except ClientError as error:
        raise StackError(
            f"backend aws: CloudFormation does not show the stack {name!r} in the region "
            f"{session.region_name}: {error}; name one of this account and region with --stack"
        ) from error
    except BotoCoreError as error:
        raise StackError(
            f"backend aws: CloudFormation cannot be asked for the stack {name!r}: {error}; say who "
            "asks and where in AWS_PROFILE, or in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and "
            "AWS_DEFAULT_REGION"
        ) from error


def _read(cloudformation: Any, name: str) -> Stack:
    physical_ids: dict[str, str] = {}
    for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=name):
        for summary in page["StackResourceSummaries"]:
            physical_ids[summary["LogicalResourceId"]] = summary["PhysicalResourceId"]
    (described,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
    outputs = {
        output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", ())
    }
    return Stack(name, physical_ids, outputs)


def deployed_topology(topology: Topology, stack: Stack) -> Topology:
    """Return *topology* with the names that its resources have in *stack*."""

    def named(resources: tuple[Resource, ...]) -> tuple[Resource, ...]:
        return tuple(replace(each, name=_name(stack, each.logical_id)) for each in resources)

    return replace(
        topology,
        tables=named(topology.tables),
        streams=named(topology.streams),
        queues=named(topology.queues),
        buckets=named(topology.buckets),
        functions=tuple(
            replace(each, name=stack.physical_ids.get(each.logical_id, each.name))
            for each in topology.functions
        ),
        outputs=stack.outputs,
    )


def _name(stack: Stack, logical_id: str) -> str:
    physical_id = stack.physical_ids.get(logical_id)
    if physical_id is None:
        known = ", ".join(sorted(stack.physical_ids))
        raise StackError(
            f"the stack {stack.name!r} has no resource {logical_id!r}, which the template "
            f"declares; it has {known}"
        )
    return physical_id.rpartition("/")[2]
