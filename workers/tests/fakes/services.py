"""Streams, queues, buckets and partners that only remember; and an invocation to work with."""

import json
from types import SimpleNamespace
from typing import Any

import requests

from workers.clients.partner import HttpClient
from workers.pipeline.invocation import Invocation
from workers.settings import Settings, read_settings
from workers.tests.fakes.dynamodb import FakeDynamoDB, client_error

ENVIRONMENT = {
    "VERDICT_REPORTER_QUEUE_URL": "https://sqs.test/verdictReporterQueue",
    "CAMPAIGN_SERVICE_URL": "https://campaigns.test",
    "ENTRY_SERVICE_URL": "https://entries.test",
    "USER_SERVICE_URL": "https://users.test",
    "SERVICE_TOKEN": "service-token",
    "TELESIGN_URL": "https://telesign.test",
    "TELESIGN_CUSTOMER_ID": "customer",
    "TELESIGN_API_KEY": "key",
    "PHONE_DIGEST_KEY": "digest-key",
    "SLACK_WEBHOOK_URL": "https://slack.test/services/secret-hook",
    "WRITE_CONCURRENCY": "4",
}

FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:testWorker"


class FakeKinesis:
    """Takes all records but those whose partition key is in *refused*."""

    def __init__(self, refused: set[str] | None = None) -> None:
        self.refused = refused or set()
        self.batches: list[list[dict[str, Any]]] = []
        self.taken: list[dict[str, Any]] = []

    def put_records(self, **parameters: Any) -> dict[str, Any]:
        """PutRecords."""
        records = parameters["Records"]
        self.batches.append(records)
        answers = []
        for record in records:
            if record["PartitionKey"] in self.refused:
                answers.append({"ErrorCode": "ProvisionedThroughputExceededException"})
            else:
                self.taken.append(record)
                answers.append({"SequenceNumber": "1", "ShardId": "shardId-000000000000"})
        failed = sum("ErrorCode" in answer for answer in answers)
        return {"FailedRecordCount": failed, "Records": answers}

    def documents(self) -> list[dict[str, Any]]:
        """Return the records that were taken, read."""
        return [json.loads(record["Data"]) for record in self.taken]


class FakeSQS:
    """Takes all messages until it is broken."""

    def __init__(self, *, is_broken: bool = False) -> None:
        self.is_broken = is_broken
        self.sent: list[dict[str, Any]] = []

    def send_message(self, **parameters: Any) -> dict[str, Any]:
        """SendMessage."""
        if self.is_broken:
            raise client_error("ServiceUnavailable")
        self.sent.append(parameters)
        return {"MessageId": "m"}

    def bodies(self) -> list[dict[str, Any]]:
        """Return the messages, read."""
        return [json.loads(message["MessageBody"]) for message in self.sent]


class FakeFunctions:
    """Lambda: takes all events until it is broken."""

    def __init__(self, *, is_broken: bool = False) -> None:
        self.is_broken = is_broken
        self.invoked: list[dict[str, Any]] = []

    def invoke(self, **parameters: Any) -> dict[str, Any]:
        """Invoke."""
        if self.is_broken:
            raise client_error("TooManyRequestsException")
        self.invoked.append(parameters)
        return {"StatusCode": 202}

    def events(self) -> list[dict[str, Any]]:
        """Return the events, read."""
        return [json.loads(parameters["Payload"]) for parameters in self.invoked]


class FakeBody:
    """A body that hands out its bytes in small pieces."""

    def __init__(self, content: bytes, piece: int = 1 << 20) -> None:
        self._content = content
        self._piece = piece

    def read(self, amount: int, /) -> bytes:
        """Return up to *amount* bytes, and never more than the piece."""
        size = min(amount, self._piece)
        piece, self._content = self._content[:size], self._content[size:]
        return piece


class FakeS3:
    """Objects by key."""

    def __init__(self, objects: dict[str, bytes]) -> None:
        self.objects = objects
        self.asked: list[dict[str, Any]] = []

    def get_object(self, **parameters: Any) -> dict[str, Any]:
        """GetObject."""
        self.asked.append(parameters)
        if parameters.get("IfMatch") == "old":
            raise client_error("PreconditionFailed")
        if parameters["Key"] not in self.objects:
            raise client_error("NoSuchKey")
        return {"Body": FakeBody(self.objects[parameters["Key"]])}


class FakeSession(requests.Session):
    """Answers each request with the next of *answers*: (status, body) or an exception.

    Each answer has the header *retry_after*, if that is not empty.
    """

    def __init__(self, *answers: tuple[int, Any] | Exception, retry_after: str = "") -> None:
        super().__init__()
        self._retry_after = retry_after
        self.answers = list(answers)
        self.requests: list[tuple[str, str, dict[str, Any]]] = []

    def request(self, method: Any, url: Any, **parameters: Any) -> requests.Response:  # type: ignore[override]  # keywords only
        """Send nothing."""
        self.requests.append((method, url, parameters))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, body = answer
        if self._retry_after:
            response.headers["Retry-After"] = self._retry_after
        text = body if isinstance(body, str) else json.dumps(body)
        response._content = text.encode()  # noqa: SLF001 - there is no public way
        return response


class Clock:
    """The context of an invocation with *seconds* left, of which each look takes *step*."""

    aws_request_id = "request-1"
    invoked_function_arn = FUNCTION_ARN

    def __init__(self, seconds: float, *, step: float = 0) -> None:
        self._left = seconds
        self._step = step

    def get_remaining_time_in_millis(self) -> int:
        """Return what is left, and let time pass."""
        left, self._left = self._left, self._left - self._step
        return int(left * 1000)


def some_settings(**environment: str) -> Settings:
    """Return settings for tests, with *environment* on top."""
    return read_settings({**ENVIRONMENT, **environment})


def an_invocation(
    *,
    settings: Settings | None = None,
    batch: Any = None,
    clock: Clock | None = None,
    session: FakeSession | None = None,
    dynamodb: Any = None,
    **aws: Any,
) -> Invocation:
    """Return an invocation that reaches fakes only; its time is endless without a *clock*."""
    invocation = Invocation(
        "testWorker",
        None,
        clock or SimpleNamespace(aws_request_id="request-1", invoked_function_arn=FUNCTION_ARN),
        correlation_id="correlation-1",
        batch=batch,
    )
    clients: Any = SimpleNamespace(
        dynamodb=dynamodb or FakeDynamoDB(),
        kinesis=aws.get("kinesis") or FakeKinesis(),
        sqs=aws.get("sqs") or FakeSQS(),
        s3=aws.get("s3") or FakeS3({}),
        functions=aws.get("functions") or FakeFunctions(),
    )
    services: Any = SimpleNamespace(
        aws=clients, http=HttpClient(timeout_seconds=1, session=session or FakeSession())
    )
    invocation.equip(settings or some_settings(), services)
    return invocation
