"""The backend of every day: the engines of this project, in memory and in virtual time."""

from harness.backends.backend import Outside, Services
from harness.backends.findings import Findings
from harness.services.base.service import Surroundings
from harness.services.cloudwatch.service import CloudWatch
from harness.services.dynamodb.service import DynamoDB
from harness.services.dynamodb.streams.service import DynamoDBStreams
from harness.services.kinesis.service import Kinesis
from harness.services.s3.service import S3
from harness.services.sqs.service import SQS


class Memory:
    """Makes the engines anew for each world."""

    name = "memory"
    has_virtual_clock = True

    def __init__(self) -> None:
        self.findings = Findings()

    def account(self, surroundings: Surroundings, outside: Outside) -> Services:  # noqa: ARG002 - nothing leaves the process
        """Return engines with nothing in them."""
        dynamodb = DynamoDB(surroundings)
        return Services(
            dynamodb=dynamodb,
            dynamodbstreams=DynamoDBStreams(dynamodb),
            kinesis=Kinesis(surroundings),
            sqs=SQS(surroundings),
            s3=S3(surroundings),
            cloudwatch=CloudWatch(surroundings),
        )

    def close(self) -> None:
        """Nothing was started."""
