"""Lambda without its triggers: functions, execution environments, invocations."""
