"""From a SAM or CloudFormation template to a topology: parse, resolve, read each resource type."""
