"""Resource types that a template may declare and that have no part in a simulation.

Their properties are not resolved, but for those that others may ask for: whether they are right,
cfn-lint says.  A type stands here if a run is the same without it, or if what would need it is refused
by name.
"""

from harness.world.template.node import ScalarNode
from harness.world.template.resources import words
from harness.world.template.resources.resourcetype import physical_name
from harness.world.template.scope import Declaration, Identification, Scope

ALARMS = "alarms are not simulated: assert on the metrics"

LAYERS = "a function that has `Layers` is refused: have what they hold on Python's path"
CAPACITY = "what a service can do is not bounded by what is provided here"
DEPLOYMENT = "deployment is not simulated"
SHELF = "a list for people"

TYPES = {
    "AWS::ApplicationAutoScaling::ScalableTarget": CAPACITY,
    "AWS::ApplicationAutoScaling::ScalingPolicy": CAPACITY,
    "AWS::Budgets::Budget": ALARMS,
    "AWS::CloudFormation::WaitCondition": DEPLOYMENT,
    "AWS::CloudFormation::WaitConditionHandle": DEPLOYMENT,
    "AWS::CloudWatch::Alarm": ALARMS,
    "AWS::CloudWatch::AnomalyDetector": ALARMS,
    "AWS::CloudWatch::CompositeAlarm": ALARMS,
    "AWS::CloudWatch::Dashboard": "a dashboard is for people",
    "AWS::IAM::ManagedPolicy": words.PERMISSIONS,
    "AWS::IAM::Policy": words.PERMISSIONS,
    "AWS::IAM::Role": words.PERMISSIONS,
    "AWS::IAM::RolePolicy": words.PERMISSIONS,
    "AWS::KMS::Alias": words.ENCRYPTION,
    "AWS::KMS::Key": words.ENCRYPTION,
    "AWS::Lambda::CodeSigningConfig": DEPLOYMENT,
    "AWS::Lambda::LayerVersion": LAYERS,
    "AWS::Lambda::Permission": words.PERMISSIONS,
    "AWS::Logs::LogGroup": words.LOGS,
    "AWS::Logs::MetricFilter": words.LOGS,
    "AWS::Logs::QueryDefinition": SHELF,
    "AWS::ResourceGroups::Group": SHELF,
    "AWS::S3::BucketPolicy": words.PERMISSIONS,
    "AWS::SNS::Subscription": ALARMS,
    "AWS::SNS::Topic": "a topic may hear of alarms; to publish to it is refused",
    "AWS::SNS::TopicPolicy": words.PERMISSIONS,
    "AWS::SQS::QueuePolicy": words.PERMISSIONS,
    "AWS::SSM::Parameter": "to read it is refused",
    "AWS::SecretsManager::Secret": "to read it is refused",
    "AWS::Serverless::LayerVersion": LAYERS,
    "AWS::XRay::Group": words.TRACING,
    "AWS::XRay::SamplingRule": words.TRACING,
}

NAME_SETTINGS = {
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::CloudWatch::CompositeAlarm": "AlarmName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SSM::Parameter": "Name",
    "AWS::SecretsManager::Secret": "Name",
}


def identify(declaration: Declaration, scope: Scope) -> Identification:
    """Return names of the form that AWS gives them, so that what refers to them reads right."""
    kind = declaration.type_name
    name = declaration.logical_id
    if kind in NAME_SETTINGS:
        name = physical_name(declaration, scope, NAME_SETTINGS[kind])
    identity = scope.identity
    account = f"arn:aws:iam::{identity.account_id}"
    match kind:
        case "AWS::IAM::Role":
            attributes = {"Arn": f"{account}:role/{name}", "RoleId": name}
        case "AWS::IAM::ManagedPolicy":
            attributes = {"PolicyArn": f"{account}:policy/{name}"}
        case "AWS::Logs::LogGroup":
            attributes = {"Arn": identity.arn("logs", f"log-group:{name}:*")}
        case "AWS::SNS::Topic":
            attributes = {"TopicArn": identity.arn("sns", name), "TopicName": name}
        case "AWS::SSM::Parameter":
            value = declaration.properties.members.get("Value")
            resolved = None if value is None else scope.resolve(value)
            attributes = {"Value": resolved.text} if isinstance(resolved, ScalarNode) else {}
        case "AWS::SecretsManager::Secret":
            attributes = {"Id": identity.arn("secretsmanager", f"secret:{name}")}
        case "AWS::KMS::Key":
            attributes = {"Arn": identity.arn("kms", f"key/{name}"), "KeyId": name}
        case "AWS::CloudWatch::Alarm" | "AWS::CloudWatch::CompositeAlarm":
            attributes = {"Arn": identity.arn("cloudwatch", f"alarm:{name}")}
        case _:
            attributes = {}
    references = (attributes.get(name) for name in ("PolicyArn", "TopicArn", "Id"))
    reference = next(filter(None, references), name)
    return Identification(name, reference, attributes)
