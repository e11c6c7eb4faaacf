"""One invocation, from the cold start to its outcome."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from harness.errors import EscapeError, StuckError
from harness.kernel.digest import digest
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant, iso, seconds
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.runtime.baton import Baton
from harness.runtime.function import Function
from harness.runtime.invocation import Invocation
from harness.runtime.invoker import Invoker
from harness.runtime.outcome import Outcome
from harness.runtime.process import bent_process
from harness.runtime.watchdog import Patience
from harness.services.base.identity import Identity

HANDLERS = Path(__file__).parent
START = Instant(1_767_603_600_000_000)


class Bench:
    """A runtime with nothing else around it."""

    def __init__(self, seed: int = 0) -> None:
        self.scheduler = Scheduler(START)
        self.journal = Journal(self.scheduler)
        self.entropy = Entropy(seed)
        self.baton = Baton(self.scheduler)
        self.log: list[tuple[str, str]] = []
        self.troubles: list[Exception] = []
        self.invoker = Invoker(
            functions={},
            baton=self.baton,
            journal=self.journal,
            entropy=self.entropy,
            identifiers=Identifiers(self.entropy),
            identity=Identity(),
            write_log=lambda function, line: self.log.append((function, line)),
            report=self.troubles.append,
        )

    def deploy(self, handler: str, **settings: Any) -> str:
        """Add a function for one of the handlers beside this file."""
        settings.setdefault("timeout", seconds(5))
        name = settings.pop("name", handler)
        function = Function(name, name, HANDLERS, f"handlers.{handler}", **settings)
        self.invoker.functions[name] = function
        return str(name)

    def start(self, name: str, event: Any = None) -> list[Outcome]:
        """Invoke without running; the outcome arrives in the list."""
        outcomes: list[Outcome] = []
        self.invoker.invoke(name, event, source="test", cause=None, done=outcomes.append)
        return outcomes

    def run(self) -> None:
        """Run until nothing is due."""
        while self.scheduler.step():
            pass

    def outcome(self, handler: str, event: Any = None, **settings: Any) -> Outcome:
        """Deploy, invoke and run."""
        outcomes = self.start(self.deploy(handler, **settings), event)
        self.run()
        return outcomes[0]


@contextmanager
def a_bench(seed: int = 0) -> Iterator[Bench]:
    bench = Bench(seed)
    with bent_process(bench.baton, bench.troubles.append, code_folders=frozenset({HANDLERS})):
        yield bench
        bench.invoker.stop_all()


@pytest.fixture
def bench() -> Iterator[Bench]:
    with a_bench() as bench:
        yield bench


def test_a_handler_sees_virtual_time_its_own_variables_and_seeded_chance(bench: Bench) -> None:
    """The process as the handler sees it is the simulated one."""
    payload = bench.outcome("telling", {"a": [1]}, environment={"VARIABLE": "v"}).payload

    assert payload["event"] == {"a": [1]}
    assert payload["now"] == "2026-01-05T09:00:00.250000+00:00"
    assert payload["left"] == 5000
    assert payload["variable"] == "v"


def test_the_same_seed_gives_the_same_chance_and_another_seed_another() -> None:
    """A handler's random numbers and UUIDs come from the seed."""

    def told(seed: int) -> Any:
        with a_bench(seed) as bench:
            return bench.outcome("telling").payload, digest(bench.journal)

    assert told(1) == told(1)
    assert told(1) != told(2)


@pytest.mark.aws(
    "Objects that are declared outside of the handler remain initialised in an environment that is used again.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html",
    service="lambda",
)
def test_globals_outlive_an_invocation_but_not_their_environment(bench: Bench) -> None:
    """A warm start reuses the module; a second environment has its own."""
    name = bench.deploy("counting")
    first, together = bench.start(name), bench.start(name)
    bench.run()
    again = bench.start(name)
    bench.run()

    assert [first[0].payload, together[0].payload, again[0].payload] == [1, 1, 2]


def test_an_observer_is_told_of_each_event_before_the_handler_gets_it(bench: Bench) -> None:
    """What an observer writes down is what the handler was given."""
    seen: list[tuple[str, Any]] = []

    def observe(invocation: Invocation) -> None:
        seen.append((invocation.environment.function.name, invocation.event))

    bench.invoker.observers.append(observe)

    bench.outcome("telling", {"a": [1]})

    assert seen == [("telling", {"a": [1]})]


def test_two_interleaved_environments_see_only_their_own_library_state(bench: Bench) -> None:
    """Loggers, metric sets, log levels and caches do not leak between environments."""
    bench.deploy("interleaving", name="left")
    bench.deploy("interleaving", name="right")
    left = bench.start("left", {"who": "left", "level": 10})
    right = bench.start("right", {"who": "right", "level": 40})
    bench.run()

    for name, level, outcomes in (("left", 10, left), ("right", 40, right)):
        assert outcomes[0].payload == {
            "who": name,
            "metrics": [name],
            "level": level,
            "remembered": f"cache of {name}",
        }


def test_an_executor_keeps_its_bound_and_the_order_of_completion(bench: Bench) -> None:
    """Two workers: 0.3 and 0.2 begin together, 0.1 begins when 0.2 ends, both end at 0.3."""
    assert bench.outcome("fanning_out").payload == {
        "first": [0.2],
        "pending": 2,
        "order": [0.2, 0.3, 0.1],
        "mapped": [0.1, 0.1],
        "seconds": 0.4,
    }


@pytest.mark.aws(
    "An exception becomes a document with errorMessage, errorType, requestId and stackTrace.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html",
    service="lambda",
)
def test_an_exception_becomes_lambdas_error_document(bench: Bench) -> None:
    """Type, message and the stack as it would read in /var/task."""
    outcome = bench.outcome("failing")

    assert outcome.kind == "failed"
    assert outcome.payload["errorType"] == "ValueError"
    assert outcome.payload["errorMessage"] == "boom"
    assert outcome.payload["stackTrace"][-1].startswith('  File "/var/task/handlers.py", line ')


@pytest.mark.aws(
    "When a function times out its environment is reset, and the next invocation initialises anew.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html",
    service="lambda",
)
def test_a_timeout_ends_the_environment_and_nothing_more_is_heard_of_it(bench: Bench) -> None:
    """On AWS the process is gone: no finally clause speaks."""
    outcome = bench.outcome("oversleeping", timeout=seconds(1))

    assert outcome.payload["errorType"] == "Sandbox.Timedout"
    assert outcome.payload["errorMessage"].endswith("Error: Task timed out after 1.00 seconds")
    assert bench.log == []
    assert iso(bench.scheduler.now) == "2026-01-05T09:00:01.250Z"


@pytest.mark.parametrize(
    ("handler", "error_type", "message"),
    [
        ("exiting", "Runtime.ExitError", "Runtime exited with error: exit status 3"),
        ("unmarshallable", "Runtime.MarshalError", "Object of type set is not JSON serializable"),
        ("absent", "Runtime.HandlerNotFound", "Handler 'absent' missing on module 'handlers'"),
    ],
)
def test_an_invocation_that_cannot_answer_says_why(
    bench: Bench, handler: str, error_type: str, message: str
) -> None:
    """Each way to fail has the name that AWS gives it."""
    outcome = bench.outcome(handler)

    assert outcome.payload["errorType"] == error_type
    assert message in outcome.payload["errorMessage"]


def test_a_module_that_cannot_be_imported_is_an_import_error(bench: Bench) -> None:
    """The environment never becomes warm."""
    bench.invoker.functions["f"] = Function("f", "f", HANDLERS, "nowhere.handler")
    outcomes = bench.start("f")
    bench.run()

    assert outcomes[0].payload["errorType"] == "Runtime.ImportModuleError"
    assert outcomes[0].payload["errorMessage"] == (
        "Unable to import module 'nowhere': No module named 'nowhere'"
    )


@pytest.mark.parametrize(
    ("handler", "attempt"),
    [
        ("connecting", "connecting#1 tried to open a real network connection at handlers.py:"),
        ("threading_away", "threading_away#1 tried to start a real thread at handlers.py:"),
    ],
)
def test_an_escape_is_an_error_that_names_the_line(
    bench: Bench, handler: str, attempt: str
) -> None:
    """It is reported to the world too, for a handler may swallow it."""
    outcome = bench.outcome(handler)

    assert outcome.payload["errorType"] == "EscapeError"
    assert isinstance(bench.troubles[0], EscapeError)
    assert str(bench.troubles[0]).startswith(attempt)


def test_an_endless_loop_is_stopped_and_its_line_named() -> None:
    """Nobody has to kill a hanging run by hand."""
    bench = Bench()
    with bent_process(
        bench.baton,
        bench.troubles.append,
        code_folders=frozenset({HANDLERS}),
        patience=Patience(busy=0.2),
    ):
        bench.start(bench.deploy("looping"))
        while not bench.troubles:
            assert bench.scheduler.step()

    assert isinstance(bench.troubles[0], StuckError)
    assert "looping ran for 0.2 s of processor time" in str(bench.troubles[0])
    assert "handlers.py:" in str(bench.troubles[0])


def test_what_a_function_prints_and_logs_is_its_log(bench: Bench) -> None:
    """Lines are whole, and the root logger has the form that Lambda's runtime gives it."""
    bench.outcome("printing")

    assert bench.log[0] == ("printing", "half a line")
    assert bench.log[1][1].startswith("[WARNING]\t2026-01-05T09:00:00.250Z\t")
    assert bench.log[1][1].endswith("\ta warning")


@pytest.mark.aws(
    "Reserved concurrency is the most that a function runs at once; beyond it requests are throttled.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
    service="lambda",
)
def test_reserved_concurrency_throttles_and_the_throttled_never_runs(bench: Bench) -> None:
    """The second of two at once is refused."""
    name = bench.deploy("counting", reserved_concurrency=1)
    first, second = bench.start(name), bench.start(name)
    bench.run()

    assert first[0].kind == "returned"
    assert second[0].kind == "throttled"
