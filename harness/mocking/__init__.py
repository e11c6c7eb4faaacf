"""`mock_aws`: a fresh AWS account for a test, answered by the engines of this process.

There is no template and no world here: no function runs and nothing polls.  A test calls boto3,
and boto3 is answered.
"""

from harness.mocking.mock import MockAWS, mock_aws

__all__ = ["MockAWS", "mock_aws"]
