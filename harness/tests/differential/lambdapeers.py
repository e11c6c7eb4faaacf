"""Lambda on both sides: a world that declares two functions, and moto's Lambda with the same two.

The world is not opened: nothing is invoked, and what it would bend stays straight for moto.
"""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from harness.services.base.service import Output, Parameters
from harness.tests.differential.peers import Pair, Peers
from harness.tests.world.awslambda.account import HANDLER
from harness.tests.world.opening import a_world
from harness.world.awslambda.service import OPERATIONS
from harness.world.world import World

FUNCTIONS = ("worker", "other")
QUEUES: dict[str, dict[str, str]] = {
    "reports": {"VisibilityTimeout": "30"},
    "brief": {"VisibilityTimeout": "10"},
    "ordered.fifo": {"FifoQueue": "true"},
    "dead": {},
}
TIMEOUT = 20
TEMPLATE = "Transform: AWS::Serverless-2016-10-31\nResources:\n" + "".join(
    f"  {name.title()}:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties:\n"
    f"      FunctionName: {name}\n"
    "      Runtime: python3.11\n"
    "      CodeUri: src/\n"
    "      Handler: wicked.handler\n"
    f"      Timeout: {TIMEOUT}\n"
    for name in FUNCTIONS
)


class _Deployed:
    """The Lambda of a world, as the gateway asks an engine."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def operations(self) -> dict[str, Any]:
        """Every operation of Lambda's that is modelled."""
        return {name: self._operation(name) for name in OPERATIONS}

    def _operation(self, name: str) -> Any:
        def act(_engine: object, params: Parameters, _now: object) -> Output:
            return self._world.call("lambda", name, params)

        return act


class LambdaPeers(Peers):
    """Both sides, with two functions, a stream, a table's change stream, queues and a bucket."""

    def __init__(self) -> None:
        super().__init__()
        self.world = a_world(_folder(), HANDLER, TEMPLATE)
        self.engines |= {
            "lambda": _Deployed(self.world),
            "kinesis": self.world.kinesis,
            "dynamodb": self.world.dynamodb,
            "sqs": self.world.sqs,
            "s3": self.world.s3,
        }
        self.table_stream = Pair("", "")

    def open(self) -> None:
        """Start moto, and make on both sides what mappings need."""
        super().open()
        role = self.theirs(
            "iam", "CreateRole", RoleName="worker", AssumeRolePolicyDocument="{}"
        ).output["Role"]["Arn"]
        for name in FUNCTIONS:
            self.theirs(
                "lambda",
                "CreateFunction",
                FunctionName=name,
                Runtime="python3.11",
                Role=role,
                Handler="wicked.handler",
                Timeout=TIMEOUT,
                Code={"ZipFile": _zipped()},
            )
        self.call("kinesis", "CreateStream", StreamName="scores", ShardCount=1)
        for name, attributes in QUEUES.items():
            self.call("sqs", "CreateQueue", QueueName=name, Attributes=attributes)
        self.call("s3", "CreateBucket", Bucket="failures")
        table = self.call(
            "dynamodb",
            "CreateTable",
            TableName="demand",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
        )
        ours, theirs = (
            answer.output["TableDescription"]["LatestStreamArn"]
            for answer in (table.ours, table.theirs)
        )
        self.table_stream = Pair(ours, theirs)
        self.wait(1)

    def wait(self, duration: float) -> None:
        """Let *duration* seconds pass on both sides, and changes of mappings come to their end."""
        super().wait(duration)
        self.world.scheduler.run_until(self.now)


@contextmanager
def lambda_peers() -> Iterator[LambdaPeers]:
    """Give both sides for the length of one test."""
    both = LambdaPeers()
    both.open()
    try:
        yield both
    finally:
        both.close()


@cache
def _kept_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _folder() -> Path:
    """Return the folder of the template, the same for every world of the process."""
    return Path(_kept_folder().name)


@cache
def _zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("wicked.py", HANDLER)
    return file.getvalue()
