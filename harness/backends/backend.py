"""Backend: gives a world the services of one AWS account, wherever they are carried out."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from harness.backends.findings import Findings
from harness.services.base.service import Surroundings
from harness.services.cloudwatch.service import CloudWatch
from harness.services.dynamodb.service import DynamoDB
from harness.services.kinesis.service import Kinesis
from harness.services.s3.service import S3
from harness.services.sqs.service import SQS

Outside = Callable[[], AbstractContextManager[None]]
"""Opens the process's doors while the harness itself makes a call: sockets, files, real locks."""


@dataclass(frozen=True, slots=True)
class Services:
    """The services of one account.

    They are typed as the in-memory engines; those that are carried out elsewhere have the same
    face: `operations`, and what mappings, expectations and views read.
    """

    dynamodb: DynamoDB
    dynamodbstreams: Any
    kinesis: Kinesis
    sqs: SQS
    s3: S3
    cloudwatch: CloudWatch

    def by_name(self) -> dict[str, Any]:
        """Return the services by boto3's names."""
        return {
            "cloudwatch": self.cloudwatch,
            "dynamodb": self.dynamodb,
            "dynamodbstreams": self.dynamodbstreams,
            "kinesis": self.kinesis,
            "s3": self.s3,
            "sqs": self.sqs,
        }


class Backend(Protocol):
    """A place where AWS's services are carried out.  One account, used by one world at a time.

    Making one starts what it needs and tries whether it answers: a HarnessError says what does
    not, where, and what to do.
    """

    @property
    def name(self) -> str:
        """What stands behind ``--backend``."""
        ...

    @property
    def has_virtual_clock(self) -> bool:
        """Whether its timers go by the world's clock."""
        ...

    @property
    def findings(self) -> Findings:
        """What was repaired on the way, since this world's account was handed out."""
        ...

    def account(self, surroundings: Surroundings, outside: Outside) -> Services:
        """Return an account with nothing in it."""
        ...

    def close(self) -> None:
        """Stop what was started; the backend is not used any more."""
        ...
