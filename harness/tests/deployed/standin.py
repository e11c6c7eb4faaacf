"""A stack in moto's server, which stands in for AWS: resources without running functions."""

import json
from pathlib import Path
from typing import Any

import boto3

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Inbox:
    Type: AWS::SQS::Queue
  Files:
    Type: AWS::S3::Bucket
  Scores:
    Type: AWS::Kinesis::Stream
    Properties: {ShardCount: 2}
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
"""
"""What the scenario's author has."""

_STACK = {
    "Resources": {
        "Inbox": {"Type": "AWS::SQS::Queue"},
        "Files": {"Type": "AWS::S3::Bucket"},
        "Scores": {"Type": "AWS::Kinesis::Stream", "Properties": {"ShardCount": 2}},
        "Orders": {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            },
        },
    },
    "Outputs": {"TheTable": {"Value": {"Ref": "Orders"}}},
}


def create_stack(name: str) -> dict[str, str]:
    """Create the stack *name* and return the physical ids of its resources."""
    cloudformation: Any = boto3.client("cloudformation")
    cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(_STACK))
    found = cloudformation.list_stack_resources(StackName=name)["StackResourceSummaries"]
    return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in found}


INVARIANTS = """\
invariants:
  - "harness.tests.deployed.counts_hold:problems"
  - "harness.tests.deployed.nobody_told:problems"
"""
"""One that speaks of a table alone, by the template's name of it, and one that asks for more."""


def write_project(folder: Path, scenario: str, invariants: str = "") -> Path:
    """Write template, world file and *scenario*; return the scenario's path."""
    (folder / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
    (folder / "world.yaml").write_text(f"template: template.yaml\n{invariants}", encoding="utf-8")
    path = folder / "it.yaml"
    path.write_text(scenario, encoding="utf-8")
    return path
