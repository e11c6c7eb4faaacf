"""CloudWatch and moto, side by side."""

from harness.tests.differential.alarmsmachine import AlarmsMachine
from harness.tests.differential.cloudwatchmachine import MetricsMachine
from harness.tests.differential.machine import thorough

TestMetrics = MetricsMachine.TestCase
TestMetrics.settings = thorough(examples=40)
TestAlarms = AlarmsMachine.TestCase
TestAlarms.settings = thorough(examples=25)
