"""CloudWatch metrics in memory, and the metrics that log lines carry."""
