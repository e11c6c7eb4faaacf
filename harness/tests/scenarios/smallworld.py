"""A world of one table and a clock: enough to run scenarios on, and small enough to see through."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from harness.errors import HarnessError, UnsupportedError
from harness.kernel.instant import Duration, Instant, hours
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.runtime.outcome import Outcome
from harness.services.base.errors import ServiceError


@dataclass(frozen=True)
class Named:
    """A resource."""

    logical_id: str
    name: str


@dataclass(frozen=True)
class Topology:
    """The names of a small template."""

    tables: tuple[Named, ...] = (Named("orders", "orders-table"),)
    streams: tuple[Named, ...] = ()
    queues: tuple[Named, ...] = ()
    buckets: tuple[Named, ...] = (Named("inbox", "inbox"),)
    functions: tuple[Named, ...] = (Named("ingest", "ingest"),)
    mappings: tuple[Named, ...] = ()


@dataclass
class Configuration:
    """The world file."""

    generators: dict[str, Any] = field(default_factory=dict)
    invariants: tuple[Any, ...] = ()


@dataclass
class Call:
    """A call that the partner saw."""

    instant: Instant
    seen: dict[str, Any]

    def view(self) -> dict[str, Any]:
        return dict(self.seen)


@dataclass
class Chat:
    """A partner that shows what it was told."""

    state: dict[str, Any] = field(default_factory=lambda: {"posts": []})
    calls: list[Call] = field(default_factory=list)
    moods: list[dict[str, Any]] = field(default_factory=list)
    recorded: list[Any] = field(default_factory=list)

    def repeat(self, answers: Iterable[Any]) -> None:
        self.recorded.extend(answers)

    def load(self, state: Mapping[str, Any]) -> None:
        unknown = sorted(set(state) - {"posts"})
        if unknown:
            raise ValueError(f"chat has no {unknown[0]!r}; known are posts")
        self.state |= state

    def view(self) -> dict[str, Any]:
        return self.state

    def add_mood(self, **what: Any) -> None:
        self.moods.append(what)

    def clear_mood(self) -> None:
        self.moods.clear()


class Faults:
    """Remembers the rules."""

    def __init__(self) -> None:
        self.rules: list[Any] = []

    def inject(self, rule: Any) -> None:
        self.rules.append(rule)

    def clear(self) -> None:
        self.rules.clear()


class SmallWorld:
    """A table, a bucket whose text objects become items ten seconds later, and a chat."""

    def __init__(
        self, path: Path, seed: int, backend: str = "memory", containers: Sequence[str] = ()
    ) -> None:
        self.path = path
        self.seed = seed
        self.backend = backend
        self.containers = containers
        self.scheduler = Scheduler(Instant(0))
        self.journal = Journal(self.scheduler)
        self.topology = Topology()
        self.configuration = Configuration()
        self.partners = {"chat": Chat()}
        self.faults = Faults()
        self.sqs: Any = None
        self.kinesis: Any = None
        self.deployed: dict[str, Any] = {}
        self.items: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    @property
    def now(self) -> Instant:
        return self.scheduler.now

    def call(self, service: str, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        action = getattr(self, f"_{service}_{operation.lower()}", None)
        if action is None:
            raise UnsupportedError(f"{service}.{operation} is not modelled")
        answer: dict[str, Any] = action(parameters)
        return answer

    def _dynamodb_putitem(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        self.items[parameters["Item"]["id"]["S"]] = dict(parameters["Item"])
        return {}

    def _dynamodb_getitem(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        item = self.items.get(parameters["Key"]["id"]["S"])
        return {} if item is None else {"Item": item}

    def _dynamodb_deleteitem(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        self.items.pop(parameters["Key"]["id"]["S"], None)
        return {}

    def _dynamodb_scan(self, parameters: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - the shape of an operation
        return {"Items": list(self.items.values())}

    def _s3_putobject(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        if parameters["Key"] == "forbidden":
            raise ServiceError("AccessDenied", "Access Denied")
        text = parameters["Body"].decode()
        self.journal.record("object", actor="outside", subject=f"inbox/{parameters['Key']}")
        self.scheduler.after(
            Duration(10_000_000), lambda: self._arrive(parameters["Key"], text), "arrival"
        )
        return {}

    def _arrive(self, key: str, text: str) -> None:
        self.items[key] = {"id": {"S": key}, "text": {"S": text}, "size": {"N": str(len(text))}}
        self.journal.record("item", actor="ingest", subject=f"orders-table {key}", change="INSERT")
        self.journal.record("log", actor="ingest", subject="ingest", line=f"took {key}")
        self.journal.record(
            "returned", actor="ingest", subject="ingest", payload={"in": 1, "size": len(text)}
        )
        chat = self.partners["chat"]
        chat.state["posts"].append({"text": f"{key} arrived", "color": "good"})
        chat.calls.append(Call(self.now, {"method": "POST", "path": "/hook", "status": 200}))

    def invoke(self, function_id: str, event: Any) -> Outcome:
        lines = event.get("log", ()) if isinstance(event, Mapping) else ()
        for line in lines:
            self.journal.record("log", actor=function_id, subject=function_id, line=line)
        entry = self.journal.record(
            "returned", actor="outside", subject=function_id, payload=event
        )
        return Outcome("returned", "r-1", event, entry)

    def query(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        api: str | None = None,
    ) -> dict[str, Any]:
        return {"data": {"echo": query, "variables": variables, "headers": headers, "api": api}}

    def advance(self, duration: Duration) -> None:
        self.scheduler.run_until(Instant(self.now + duration))

    def settle(self, limit: Duration = hours(24)) -> Instant:
        end = self.now + limit
        while not self.scheduler.is_at_rest:
            due = self.scheduler.next_due()
            if due is None or due > end:
                raise HarnessError("the world is not at rest; still due: arrival")
            self.scheduler.step()
        return self.now

    def view(self) -> Any:
        return self

    def deploy(self, logical_id: str, **settings: Any) -> None:
        self.deployed[logical_id] = settings
