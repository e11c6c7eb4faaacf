"""A real boto3 client in front of an engine of three lines."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, NoReturn

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError, ReadTimeoutError

from harness.errors import UnsupportedError
from harness.gateway import clients, interceptor
from harness.gateway.gateway import Gateway
from harness.kernel.entropy import Entropy
from harness.kernel.faultpoints import Fault, FaultDecider, FaultPoint, NoFaults
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, seconds
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.services.base.errors import ServiceError

Output = dict[str, Any]


class Counter:
    """A DynamoDB that only counts, and throttles as often as it is told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.throttles = 0
        self.operations = {"GetItem": Counter.get_item, "PutItem": Counter.get_item}

    def get_item(self, parameters: Mapping[str, Any], _now: Instant) -> Output:
        self.asked += 1
        if self.throttles:
            self.throttles -= 1
            raise ServiceError("ProvisionedThroughputExceededException", "too fast")
        return {"Item": {"id": parameters.get("Key", {}).get("id", {"S": "none"})}}


class Always:
    """A fault at every call."""

    is_calm = False

    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    def decide(self, _point: FaultPoint) -> Fault:
        return self.fault


class Outside:
    """Nobody in particular."""

    def name(self) -> None:
        return None

    def entry(self) -> None:
        return None

    def crash(self) -> NoReturn:
        raise SystemExit


class Desk:
    """A gateway with what a test looks at."""

    def __init__(self) -> None:
        self.scheduler = Scheduler(Instant(0))
        self.journal = Journal(self.scheduler)
        self.engine = Counter()
        self.troubles: list[Exception] = []
        self.gateway = Gateway(
            {"dynamodb": self.engine},
            now=lambda: self.scheduler.now,
            pause=self.pause,
            caller=Outside(),
            faults=NoFaults(),
            journal=self.journal,
            identifiers=Identifiers(Entropy(0)),
            chance=Random(0),
            report=self.troubles.append,
        )

    def pause(self, duration: Duration) -> None:
        self.scheduler.run_until(Instant(self.scheduler.now + duration))

    def strike(self, decider: FaultDecider) -> None:
        self.gateway.faults = decider


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    interceptor.install(desk.gateway)
    clients.install()
    yield desk
    clients.remove()
    interceptor.remove(desk.gateway)


def a_session() -> boto3.Session:
    return boto3.Session(aws_access_key_id="x", aws_secret_access_key="y", region_name="us-east-1")


def a_client(attempts: int | None = None) -> Any:
    config = None if attempts is None else Config(retries={"total_max_attempts": attempts})
    return a_session().client("dynamodb", config=config)


def get(client: Any) -> Any:
    return client.get_item(TableName="items", Key={"id": {"S": "a"}})


def test_a_call_takes_virtual_time_and_is_written_down(desk: Desk) -> None:
    """The answer has what botocore adds, and the journal the call with its table."""
    answer = get(a_client())

    assert answer["Item"] == {"id": {"S": "a"}}
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert desk.scheduler.now == 5_000
    (entry,) = desk.journal
    assert (entry.kind, entry.subject, entry.details) == (
        "call",
        "dynamodb.GetItem items",
        {"outcome": "ok"},
    )


def test_invalid_parameters_are_worded_by_botocore(desk: Desk) -> None:
    """The engine is not asked at all."""
    with pytest.raises(ParamValidationError, match='Missing required parameter in input: "Key"'):
        a_client().get_item(TableName="items")
    with pytest.raises(
        ParamValidationError, match=r"Invalid type for parameter Key\.id\.S, value: 1"
    ):
        a_client().get_item(TableName="items", Key={"id": {"S": 1}})
    with pytest.raises(ParamValidationError, match='Unknown parameter in input: "Keys"'):
        a_client().get_item(TableName="items", Keys={})

    assert desk.engine.asked == 0


def test_an_error_of_the_engine_is_the_clients_own_exception(desk: Desk) -> None:
    """``client.exceptions`` works, and so do the fields of the response."""
    desk.engine.throttles = 1
    client = a_client(attempts=1)

    with pytest.raises(client.exceptions.ProvisionedThroughputExceededException) as caught:
        get(client)

    assert str(caught.value) == (
        "An error occurred (ProvisionedThroughputExceededException) when calling the GetItem"
        " operation: too fast"
    )
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_the_sdk_tries_again_as_often_as_the_client_is_configured(desk: Desk) -> None:
    """Two throttles are overcome by three attempts, and the waits take virtual time."""
    desk.engine.throttles = 2

    answer = get(a_client(attempts=3))

    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    assert desk.engine.asked == 3
    assert [entry.details["outcome"] for entry in desk.journal] == [
        "ProvisionedThroughputExceededException",
        "ProvisionedThroughputExceededException",
        "ok",
    ]


@pytest.mark.parametrize(("mode", "attempts"), [("standard", 4), ("legacy", 10)])
def test_without_a_number_dynamodb_tries_as_often_as_the_mode_says(
    desk: Desk, mode: Any, attempts: int
) -> None:
    """Botocore gives DynamoDB more attempts than other services."""
    desk.engine.throttles = 99

    with pytest.raises(ClientError):
        get(a_session().client("dynamodb", config=Config(retries={"mode": mode})))

    assert desk.engine.asked == attempts


@pytest.mark.parametrize(("kind", "asked"), [("timeout", 0), ("lost_answer", 1)])
def test_a_call_without_an_answer_raises_the_read_timeout_of_botocore(
    desk: Desk, kind: Any, asked: int
) -> None:
    """The difference between the two is whether the work was done."""
    desk.strike(Always(Fault(kind)))

    with pytest.raises(ReadTimeoutError):
        get(a_client(attempts=1))

    assert desk.engine.asked == asked
    assert desk.scheduler.now == 60_000_000


@pytest.mark.parametrize(
    ("fault", "asked"),
    [(Fault("timeout"), 0), (Fault("lost_answer"), 1), (Fault("delay", delay=seconds(3)), 1)],
    ids=["timeout", "lost answer", "delay"],
)
def test_a_client_waits_as_long_as_its_config_says(desk: Desk, fault: Fault, asked: int) -> None:
    """A service that takes longer does its work, and nobody hears of it."""
    desk.strike(Always(fault))
    config = Config(read_timeout=2, retries={"total_max_attempts": 1})

    with pytest.raises(ReadTimeoutError):
        get(a_session().client("dynamodb", config=config))

    assert desk.engine.asked == asked
    assert desk.scheduler.now == 2_000_000


def test_a_client_without_a_read_timeout_waits_for_slow_answers(desk: Desk) -> None:
    """As long as its function may run."""
    desk.strike(Always(Fault("delay", delay=seconds(600))))

    assert get(a_session().client("dynamodb", config=Config(read_timeout=None)))

    assert desk.scheduler.now == 600_005_000


def test_what_is_not_modelled_is_refused_and_no_client_error(desk: Desk) -> None:
    """``except ClientError`` does not swallow it, and the world hears of it too."""
    with pytest.raises(UnsupportedError, match=r"^dynamodb\.DescribeLimits is not modelled; add"):
        a_client().describe_limits()

    assert len(desk.troubles) == 1


def test_boto3_resources_and_paginators_work(desk: Desk) -> None:
    """Their handlers rewrite parameters and output on the way."""
    table = a_session().resource("dynamodb").Table("items")

    assert table.get_item(Key={"id": "a"})["Item"] == {"id": "a"}
    assert desk.engine.asked == 1


def test_a_handler_registered_on_one_client_is_seen_by_no_other(desk: Desk) -> None:
    """Clients are copies, their event systems are not shared."""
    loud, quiet = a_client(), a_client()
    heard: list[str] = []
    loud.meta.events.register(
        "before-parameter-build.dynamodb.GetItem", lambda **_: heard.append("loud")
    )

    get(quiet)
    assert heard == []
    get(loud)
    assert heard == ["loud"]
    assert desk.engine.asked == 2


def test_a_client_made_before_the_world_is_served_as_well(desk: Desk) -> None:
    """Imports make clients; the hook is in the class."""
    clients.remove()
    client = a_client()
    clients.install()

    assert get(client)["Item"] == {"id": {"S": "a"}}
    assert desk.engine.asked == 1
