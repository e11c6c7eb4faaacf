"""S3 and moto, side by side."""

from harness.tests.differential.machine import thorough
from harness.tests.differential.s3machine import ObjectsMachine

TestObjects = ObjectsMachine.TestCase
TestObjects.settings = thorough(examples=25)
