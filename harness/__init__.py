"""A deterministic, in-process harness for AWS Lambda pipelines."""
