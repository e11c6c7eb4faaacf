"""DynamoDB Streams and moto, side by side."""

from harness.tests.differential.changesmachine import ChangesMachine
from harness.tests.differential.machine import thorough

TestChanges = ChangesMachine.TestCase
TestChanges.settings = thorough(examples=25)
