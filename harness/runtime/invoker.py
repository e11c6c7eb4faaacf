"""The invoker: finds or makes an environment, runs the handler in it, and says how it ended."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from harness.errors import HarnessError, SimulationError
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, in_seconds, milliseconds
from harness.kernel.journal import Journal
from harness.runtime import errordocument
from harness.runtime.baton import Baton, InvocationKilledError, Task
from harness.runtime.executionenvironment import ExecutionEnvironment, HandlerMissingError
from harness.runtime.function import Function
from harness.runtime.invocation import Invocation
from harness.runtime.lambdacontext import LambdaContext
from harness.runtime.marshalling import RESPONSE_BYTES_MAX, marshalled
from harness.runtime.outcome import Outcome
from harness.runtime.processenvironment import process_environment
from harness.sandbox.place import Place
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
        self.observers: list[Callable[[Function, Any], None]] = []
        """Each is told of every invocation at its start, before the handler can change the event."""
        self._baton = baton
        self._scheduler = baton.scheduler
        self._journal = journal
        self._entropy = entropy
        self._identifiers = identifiers
        self._identity = identity
        self._write_log = write_log
        self._report = report
        self.watch: Callable[[int, Any], None] | None = None
        """Is shown each event before its handler is, with the entry of the invocation."""
        self._idle: dict[str, list[ExecutionEnvironment]] = {}
        self._running: dict[str, int] = {}
        self._made: dict[str, int] = {}
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
    ) -> None:
        """Start an invocation now; *done* is called with its outcome, later and from the hub.

        *event* must be JSON data that nobody else keeps.  *source* names who invokes, for the
        journal.
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
        environment = self._take_environment(function)
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
        if self.watch is not None:
            self.watch(entry, event)
        invocation = Invocation(
            environment=environment,
            event=event,
            request_id=request_id,
            entry=entry,
            started=Instant(self._scheduler.now + (COLD_START if is_cold else WARM_OVERHEAD)),
            done=done,
        )
        self._running[function.name] = self._running.get(function.name, 0) + 1
        self._executing.append(invocation)
        self._scheduler.at(invocation.started, partial(self._start, invocation), "invocation")

    def deploy(self, function: Function) -> None:
        """Replace a function: environments that exist are used no more."""
        self.functions[function.name] = function
        for environment in self._idle.pop(function.name, []):
            environment.end()

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
        for environments in self._idle.values():
            for environment in environments:
                environment.end()
        self._idle.clear()

    @property
    def executing(self) -> list[Invocation]:
        """The invocations under way."""
        return list(self._executing)

    # Environments

    def _has_room(self, function: Function) -> bool:
        running = self._running.get(function.name, 0)
        limit = function.reserved_concurrency
        if limit is not None:
            return running < limit
        return len(self._executing) < CONCURRENCY_MAX

    def _take_environment(self, function: Function) -> ExecutionEnvironment:
        """Return the environment that was used last, or a new one."""
        idle = self._idle.get(function.name)
        if idle:
            return idle.pop()
        number = self._made.get(function.name, 0) + 1
        self._made[function.name] = number
        name = f"{function.logical_id}#{number}"
        log_stream = self._identifiers.hexadecimal("log-stream", 32)
        place = Place(
            name,
            code=function.code,
            environment=process_environment(function, self._identity),
            chance=self._entropy.branch(f"place.{name}"),
            write_line=partial(self._take_line, function.logical_id),
        )
        return ExecutionEnvironment(function, place, number, log_stream)

    def _take_line(self, function_id: str, line: str) -> None:
        """Pass on a line of a function's log, unless its process is already gone."""
        task = self._baton.current
        if task is None or not task.is_dead:
            self._write_log(function_id, line)

    # The life of one invocation

    def _start(self, invocation: Invocation) -> None:
        environment = invocation.environment
        function = environment.function
        for observe in self.observers:
            observe(function, invocation.event)
        now = self._scheduler.now
        deadline = Instant(now + function.timeout)
        invocation.context = LambdaContext(
            function_name=function.name,
            invoked_function_arn=self.function_arn(function.name),
            memory_limit_in_mb=function.memory_mb,
            aws_request_id=invocation.request_id,
            log_stream_name=f"[$LATEST]{environment.log_stream}",
            deadline=deadline,
            now=lambda: self._scheduler.now,
        )
        invocation.deadline_timer = self._scheduler.at(
            deadline, partial(self._time_out, invocation), f"timeout of {function.logical_id}"
        )
        invocation.task = Task(
            self._baton, partial(self._run, invocation), invocation, function.logical_id
        )
        environment.place.request_id = invocation.request_id
        environment.thaw()
        invocation.task.resume(0)

    def _run(self, invocation: Invocation) -> None:
        """Run the handler; the body of the invocation's greenlet."""
        environment = invocation.environment
        function = environment.function
        try:
            if environment.is_cold and not self._initialise(invocation):
                return
            assert environment.handler is not None, "an initialised environment has a handler"
            answer = environment.handler(invocation.event, invocation.context)
            invocation.answer = self._checked(answer, invocation)
        except InvocationKilledError:
            return
        except KeyboardInterrupt:
            raise  # it is meant for the harness, whoever happened to run
        except HarnessError as error:
            self._report(error)
            invocation.error = errordocument.of_exception(
                error, request_id=invocation.request_id, code=function.code
            )
        except SystemExit as error:
            invocation.error = errordocument.of_exit(invocation.request_id, error.code)
        except BaseException as error:  # noqa: BLE001 - the border of the runtime: whatever left the handler
            invocation.error = errordocument.of_exception(
                error, request_id=invocation.request_id, code=function.code
            )
        self._scheduler.at(self._scheduler.now, partial(self._end, invocation), "end")

    def _initialise(self, invocation: Invocation) -> bool:
        """Import the function's module; on failure, note the error and end the invocation."""
        environment = invocation.environment
        handler = environment.function.handler
        module, _, name = handler.rpartition(".")
        try:
            environment.initialise()
        except (InvocationKilledError, HarnessError, KeyboardInterrupt):
            raise
        except HandlerMissingError:
            invocation.error = errordocument.of_missing_handler(name, module)
        except SystemExit as error:
            invocation.error = errordocument.of_exit(invocation.request_id, error.code)
        except BaseException as error:  # noqa: BLE001 - the border of the runtime: whatever the import raised
            invocation.error = (
                errordocument.of_import(error, module=module, code=environment.function.code)
                if isinstance(error, (ImportError, SyntaxError))
                else errordocument.of_exception(
                    error, request_id="", code=environment.function.code
                )
            )
        if invocation.error is None:
            return True
        self._scheduler.at(self._scheduler.now, partial(self._end, invocation), "end")
        return False

    def _checked(self, answer: Any, invocation: Invocation) -> Any:
        """Return *answer* as the caller will see it, or note that it cannot be sent."""
        try:
            text = marshalled(answer)
        except (TypeError, ValueError) as error:
            invocation.error = errordocument.of_marshalling(
                error, request_id=invocation.request_id
            )
            return None
        if len(text) > RESPONSE_BYTES_MAX:
            invocation.error = errordocument.of_large_response(len(text))
            return None
        return json.loads(text)

    # Ends

    def _end(self, invocation: Invocation) -> None:
        """Take note of a handler that has returned or raised."""
        if invocation.is_over:
            return
        environment = invocation.environment
        has_exited = invocation.error is not None and (
            invocation.error["errorType"] in ("Runtime.ExitError", "Runtime.ImportModuleError")
        )
        if has_exited or environment.is_cold:
            environment.end()
        else:
            environment.freeze()
            self._keep(environment)
        self._close(invocation)

    def _keep(self, environment: ExecutionEnvironment) -> None:
        """Let the environment wait for its next invocation, unless it runs outdated code."""
        function = environment.function
        if self.functions[function.name] is function:
            self._idle.setdefault(function.name, []).append(environment)
        else:
            environment.end()

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

    @staticmethod
    def _unwind(invocation: Invocation) -> None:
        if invocation.task is not None:
            invocation.task.kill()
        invocation.environment.end()

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
