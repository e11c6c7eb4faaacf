"""The invoker: finds or makes an environment, runs the handler in it, and says how it ended."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from harness.errors import SimulationError
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, in_seconds, milliseconds
from harness.kernel.journal import Journal
from harness.runtime import errordocument
from harness.runtime.baton import Baton, InvocationKilledError, Task
from harness.runtime.deployedpath import deployed_text
from harness.runtime.environmentpool import EnvironmentPool
from harness.runtime.framename import named
from harness.runtime.function import Function
from harness.runtime.handling import handle
from harness.runtime.invocation import Invocation
from harness.runtime.lambdacontext import LambdaContext
from harness.runtime.outcome import Outcome
from harness.services.base.identity import Identity

WARM_OVERHEAD = milliseconds(5)
COLD_START = milliseconds(250)
"""Environment and interpreter start of a Python function (see the latency table of harness/gateway/README.md)."""

CONCURRENCY_MAX = 1_000
"""An account's concurrent executions in a region, by default."""


class Invoker:
    """Runs functions.  Its state: the environments of each function and what runs in them."""

    def __init__(  # noqa: PLR0913 - the parts of the world that an invocation touches
        self,
        *,
        functions: Mapping[str, Function],
        baton: Baton,
        journal: Journal,
        entropy: Entropy,
        identifiers: Identifiers,
        identity: Identity,
        write_log: Callable[[str, str], None],
        report: Callable[[Exception], None],
    ) -> None:
        self.functions = dict(functions)
        """Functions by name; replace one to deploy new settings."""
        self.observers: list[Callable[[Invocation], None]] = []
        """Each is told of every invocation before it starts, while its event is as it came."""
        self._baton = baton
        self._scheduler = baton.scheduler
        self._journal = journal
        self._identifiers = identifiers
        self._identity = identity
        self._write_log = write_log
        self._report = report
        self._environments = EnvironmentPool(
            entropy=entropy,
            identifiers=identifiers,
            identity=identity,
            write_line=self._take_line,
            progress=lambda: baton.handovers,
        )
        self._running: dict[str, int] = {}
        self._executing: list[Invocation] = []

    # What others call

    def invoke(  # noqa: PLR0913 - what an invocation consists of
        self,
        function_name: str,
        event: Any,
        *,
        source: str,
        cause: int | None,
        done: Callable[[Outcome], None],
        request_id: str | None = None,
        qualifier: str | None = None,
    ) -> None:
        """Start an invocation now; *done* is called with its outcome, later and from the hub.

        *event* must be JSON data that nobody else keeps.  *source* names who invokes, for the
        journal.  *qualifier* is what the caller named behind the function: its context shows it.
        """
        function = self.functions[function_name]
        request_id = request_id or self._identifiers.uuid("request")
        if not self._has_room(function):
            entry = self._journal.record(
                "throttled", actor=source, subject=function.logical_id, cause=cause
            )
            outcome = Outcome("throttled", request_id, _throttled(), entry)
            self._scheduler.at(self._scheduler.now, partial(done, outcome), "throttled")
            return
        environment = self._environments.take(function)
        is_cold = environment.is_cold
        entry = self._journal.record(
            "invocation",
            actor=source,
            subject=function.logical_id,
            cause=cause,
            request_id=request_id,
            cold=is_cold,
            environment=environment.number,
        )
        invocation = Invocation(
            environment=environment,
            event=event,
            request_id=request_id,
            entry=entry,
            started=Instant(self._scheduler.now + (COLD_START if is_cold else WARM_OVERHEAD)),
            done=done,
            qualifier=qualifier,
        )
        for observe in self.observers:
            observe(invocation)
        self._running[function.name] = self._running.get(function.name, 0) + 1
        self._executing.append(invocation)
        self._scheduler.at(invocation.started, partial(self._start, invocation), "invocation")

    def deploy(self, function: Function) -> None:
        """Replace a function: environments that exist are used no more."""
        self.functions[function.name] = function
        self._environments.drop(function.name)

    def configure(self, function: Function) -> None:
        """Change what concerns no environment: concurrency, and what becomes of events."""
        replaced = self.functions[function.name]
        self.functions[function.name] = function
        busy = [invocation.environment for invocation in self._executing]
        for environment in (*busy, *self._environments.idle(function.name)):
            if environment.function is replaced:
                environment.function = function

    def current(self) -> Invocation | None:
        """Return the invocation whose code holds the baton, or None outside of any."""
        task = self._baton.current
        return None if task is None else task.owner

    def crash_current(self) -> None:
        """End the process of the calling invocation on the spot; does not return."""
        invocation = self.current()
        assert invocation is not None, "only an invocation can crash"
        document = errordocument.of_exit(invocation.request_id)
        self._scheduler.at(
            self._scheduler.now, partial(self._abort, invocation, document), "crash"
        )
        self._baton.wait()
        raise SimulationError("a crashed invocation was resumed")

    def stop_all(self) -> None:
        """Unwind everything that still runs, when the world closes."""
        for invocation in list(self._executing):
            self._abandon(invocation)
        self._environments.drop_all()

    @property
    def executing(self) -> list[Invocation]:
        """The invocations under way."""
        return list(self._executing)

    def _has_room(self, function: Function) -> bool:
        running = self._running.get(function.name, 0)
        limit = function.reserved_concurrency
        if limit is not None:
            return running < limit
        return len(self._executing) < CONCURRENCY_MAX

    def _take_line(self, function: Function, line: str) -> None:
        """Pass on a line of a function's log, unless its process is already gone."""
        task = self._baton.current
        if task is None or not task.is_dead:
            self._write_log(function.logical_id, deployed_text(line, function.code))

    # The life of one invocation

    def _start(self, invocation: Invocation) -> None:
        environment = invocation.environment
        function = environment.function
        now = self._scheduler.now
        deadline = Instant(now + function.timeout)
        suffix = "" if invocation.qualifier is None else f":{invocation.qualifier}"
        invocation.context = LambdaContext(
            function_name=function.name,
            invoked_function_arn=self.function_arn(function.name) + suffix,
            memory_limit_in_mb=function.memory_mb,
            aws_request_id=invocation.request_id,
            log_stream_name=f"[$LATEST]{environment.log_stream}",
            deadline=deadline,
            now=lambda: self._scheduler.now,
        )
        invocation.deadline_timer = self._scheduler.at(
            deadline, partial(self._time_out, invocation), f"timeout of {function.logical_id}"
        )
        name = f"{function.logical_id}, invocation {invocation.request_id}"
        body = named(self._run, invocation, name)
        invocation.task = Task(self._baton, body, invocation, function.logical_id)
        invocation.task.greenlet.gr_context = environment.context
        environment.place.request_id = invocation.request_id
        environment.thaw()
        invocation.task.resume(0)

    def _run(self, invocation: Invocation) -> None:
        """Run the handler; the body of the invocation's greenlet."""
        try:
            handle(invocation, self._report, self._baton.is_interrupted)
        except InvocationKilledError:
            return
        self._scheduler.at(self._scheduler.now, partial(self._end, invocation), "end")

    # Ends

    def _end(self, invocation: Invocation) -> None:
        """Take note of a handler that has returned or raised."""
        if invocation.is_over:
            return
        environment = invocation.environment
        has_exited = invocation.error is not None and (
            invocation.error["errorType"] in ("Runtime.ExitError", "Runtime.ImportModuleError")
        )
        is_outdated = self.functions[environment.function.name] is not environment.function
        if has_exited or environment.is_cold or is_outdated:
            environment.end()
            self._environments.leave(environment)
        else:
            self._environments.keep(environment)
        self._close(invocation)

    def _time_out(self, invocation: Invocation) -> None:
        timeout = in_seconds(invocation.environment.function.timeout)
        self._abort(invocation, errordocument.of_timeout(invocation.request_id, timeout))

    def _abort(self, invocation: Invocation, document: dict[str, Any]) -> None:
        """End an invocation from outside, and its environment with it."""
        if invocation.is_over:
            return
        invocation.error = document
        self._unwind(invocation)
        self._close(invocation)

    def _abandon(self, invocation: Invocation) -> None:
        """End an invocation of which nobody wants to hear."""
        invocation.is_over = True
        self._unwind(invocation)
        self._executing.remove(invocation)

    def _unwind(self, invocation: Invocation) -> None:
        if invocation.task is not None:
            invocation.task.kill()
        invocation.environment.end()
        self._environments.leave(invocation.environment)

    def _close(self, invocation: Invocation) -> None:
        invocation.is_over = True
        if invocation.deadline_timer is not None:
            self._scheduler.cancel(invocation.deadline_timer)
        function = invocation.environment.function
        self._running[function.name] -= 1
        self._executing.remove(invocation)
        duration = Duration(self._scheduler.now - invocation.started)
        # A task and its owner hold each other: cut here, the event's memory is free at once and
        # need not wait for the collector, which comes rarely.
        invocation.task = invocation.event = None
        invocation.done(self._outcome(invocation, function, duration))

    def _outcome(self, invocation: Invocation, function: Function, duration: Duration) -> Outcome:
        error = invocation.error
        if error is not None:
            entry = self._journal.record(
                "failed",
                actor=function.logical_id,
                subject=function.logical_id,
                cause=invocation.entry,
                error_type=error["errorType"],
                error_message=error["errorMessage"],
                duration=duration,
            )
            return Outcome("failed", invocation.request_id, error, entry)
        entry = self._journal.record(
            "returned",
            actor=function.logical_id,
            subject=function.logical_id,
            cause=invocation.entry,
            payload=invocation.answer,
            duration=duration,
        )
        return Outcome("returned", invocation.request_id, invocation.answer, entry)

    def function_arn(self, function_name: str) -> str:
        """Return the unqualified ARN of a function."""
        return self._identity.arn("lambda", f"function:{function_name}")


def _throttled() -> dict[str, Any]:
    """Return the body of a 429 answer."""
    return {
        "Type": "User",
        "Reason": "ReservedFunctionConcurrentInvocationLimitExceeded",
        "Message": "Rate Exceeded.",
    }
