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


def write_project(folder: Path, scenario: str) -> Path:
    """Write template, world file and *scenario*; return the scenario's path."""
    (folder / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
    (folder / "world.yaml").write_text("template: template.yaml\n", encoding="utf-8")
    path = folder / "it.yaml"
    path.write_text(scenario, encoding="utf-8")
    return path
