"""The gateway: every AWS call of every boto3 client in the process ends here.

One call goes through: handlers of the client, parameter validation, the question whether a fault
strikes, the wait of the call's latency, the engine, the SDK's own retries, the journal, and back
as output or as the exception that botocore would raise.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, NoReturn, Protocol

from botocore.exceptions import ReadTimeoutError

from harness.errors import UnsupportedError
from harness.gateway.answers import ASKED_FOR, STREAMING_MEMBERS, answered, refused
from harness.gateway.events import event_plan, plan_mark
from harness.gateway.httpheaders import header_plan
from harness.gateway.latency import latency
from harness.gateway.moments import moment_reader
from harness.gateway.partial import PARTIAL
from harness.gateway.retries import attempts_allowed, is_retryable, wait_before_retry
from harness.gateway.subjects import subject
from harness.gateway.unchecked import unchecked
from harness.gateway.validation import validator
from harness.kernel.faultpoints import Fault, FaultDecider, FaultPoint
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, hours, seconds
from harness.kernel.journal import Journal
from harness.services.base.errors import ServiceError

_FOREVER = hours(24)
"""What a client without a read timeout waits: longer than any function runs."""


class Caller(Protocol):
    """Who is calling, and what a fault may do to it."""

    def name(self) -> str | None:
        """Return the logical id of the calling function, or None for a caller outside."""
        ...

    def entry(self) -> int | None:
        """Return the journal's index of the calling invocation."""
        ...

    def crash(self) -> NoReturn:
        """End the process of the calling invocation."""
        ...


class Operation:
    """What the gateway knows of one operation of one service: found out once, then reused."""

    __slots__ = (
        "asked_for", "carry_out", "header_plan", "label", "latency", "mark", "model", "name", "polls",
        "read_moments", "service", "service_name", "streaming_member", "validate",
    )  # fmt: skip

    def __init__(self, service_name: str, service: Any, model: Any) -> None:
        self.service_name = service_name
        self.service = service
        self.model = model
        self.name: str = model.name
        self.label = f"{service_name}.{model.name}"
        self.carry_out = service.operations[model.name]
        self.validate = validator(model)
        self.read_moments = moment_reader(model)
        self.latency = latency(service_name, model.name)
        self.mark = plan_mark(model.name)
        self.polls = self.label == "sqs.ReceiveMessage"
        self.streaming_member = STREAMING_MEMBERS.get(self.label)
        self.asked_for = ASKED_FOR.get(self.label)
        self.header_plan = header_plan(service_name, model)


class Gateway:
    """Answers boto3 calls from the engine of one world."""

    def __init__(  # noqa: PLR0913 - the parts of the world that a call touches
        self,
        services: Mapping[str, Any],
        *,
        now: Callable[[], Instant],
        pause: Callable[[Duration], None],
        caller: Caller,
        faults: FaultDecider,
        journal: Journal,
        identifiers: Identifiers,
        chance: Random,
        report: Callable[[Exception], None],
    ) -> None:
        self._services = services
        self._now = now
        self._pause = pause
        self._caller = caller
        self.faults = faults
        self._journal = journal
        self._identifiers = identifiers
        self._chance = chance
        self._report = report
        self._operations: dict[tuple[type, str], Operation] = {}
        self._request_count = 0
        self._request_prefix = identifiers.uuid("gateway")[:24]
        self.validates = True
        """Whether parameters are checked against botocore's model; load replays switch it off."""

    def call(self, client: Any, operation_name: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Carry out one call of a boto3 client."""
        # botocore makes a class for each service, so the class stands for the service.
        operation = self._operations.get((type(client), operation_name))
        if operation is None:
            operation = self._find(client, operation_name)
        plan = event_plan(client, operation.model, operation.mark)
        if plan.is_idle:  # as most are
            if self.validates:
                if plan.validates:
                    operation.validate(parameters)
                else:
                    parameters = self._unchecked(client, operation, parameters)
            return self._attempt(client, operation, parameters)
        meta = client.meta
        context = {"client_region": meta.region_name, "client_config": meta.config}
        parameters = plan.rewrite(parameters, context)
        if self.validates:
            if plan.validates:
                operation.validate(parameters)
            else:
                parameters = self._unchecked(client, operation, parameters)
        output = self._attempt(client, operation, parameters)
        plan.finish(output, context)
        return output

    def _unchecked(
        self, client: Any, operation: Operation, parameters: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what the service makes of parameters that the client has not checked."""
        shape = operation.model.input_shape
        try:
            sent: dict[str, Any] = unchecked(
                operation.service_name, shape, parameters, operation.validate
            )
        except ServiceError as error:
            raise refused(client, operation.name, error, self._request_prefix, 1) from None
        return sent

    def _attempt(
        self, client: Any, operation: Operation, parameters: dict[str, Any]
    ) -> dict[str, Any]:
        """Try until the call is answered or the SDK gives up."""
        if operation.read_moments is not None:
            parameters = operation.read_moments(parameters)
        attempt = 1
        while True:
            self._request_count += 1
            request_id = f"{self._request_prefix}{self._request_count:012x}"
            try:
                output = self._try_once(client, operation, parameters)
            except UnsupportedError as error:
                self._report(error)
                raise
            except (ServiceError, ReadTimeoutError) as error:
                code = error.code if isinstance(error, ServiceError) else "ReadTimeout"
                self._note(operation, parameters, code)
                allowed = attempts_allowed(operation.service_name, client.meta.config)
                if attempt < allowed and is_retryable(error):
                    self._pause(
                        wait_before_retry(operation.service_name, error, attempt, self._chance)
                    )
                    attempt += 1
                    continue
                if isinstance(error, ServiceError):
                    raise refused(client, operation.name, error, request_id, attempt) from None
                raise
            if self._journal.per_record:
                self._note(operation, parameters, "ok")
            if operation.asked_for is not None:
                output = {**operation.asked_for, **output}
            return answered(
                operation.streaming_member, output, request_id, attempt, operation.header_plan
            )

    def _try_once(
        self, client: Any, operation: Operation, parameters: dict[str, Any]
    ) -> dict[str, Any]:
        """Make one request: the wait, whatever goes wrong, and the engine's work."""
        fault = None if self.faults.is_calm else self._strikes(operation, parameters)
        if fault is None:
            self._pause(operation.latency)
            output: dict[str, Any] = operation.carry_out(
                operation.service, parameters, self._now()
            )
            if operation.polls and "Messages" not in output:
                output = self._long_poll(operation, parameters, output)
            return output
        return self._try_with_fault(operation, parameters, fault, _patience(client))

    def _try_with_fault(
        self, operation: Operation, parameters: dict[str, Any], fault: Fault, patience: Duration
    ) -> dict[str, Any]:
        if fault.kind == "crash_before":
            self._caller.crash()
        wait = Duration(operation.latency + fault.delay)
        if fault.kind == "timeout":
            self._pause(patience)
            raise ReadTimeoutError(endpoint_url=operation.label)
        self._pause(min(wait, patience))
        if fault.kind == "error":
            raise ServiceError(fault.error_code, fault.error_message, status=fault.status)
        if fault.kind == "partial":
            return partial_output(operation, parameters, fault, self._now())
        output: dict[str, Any] = operation.carry_out(operation.service, parameters, self._now())
        if fault.kind == "crash_after":
            self._note(operation, parameters, "ok")
            self._caller.crash()
        # A service that is merely slow does its work, and only the answer is lost.
        if fault.kind == "lost_answer" or wait > patience:
            self._pause(Duration(max(0, patience - wait)))
            raise ReadTimeoutError(endpoint_url=operation.label)
        return output

    def _strikes(self, operation: Operation, parameters: dict[str, Any]) -> Fault | None:
        """Ask whether a fault strikes this call."""
        point = FaultPoint(
            operation.service_name,
            operation.name,
            self._caller.name(),
            subject(operation.service_name, parameters),
            parameters,
        )
        return self.faults.decide(point)

    def _long_poll(
        self, operation: Operation, parameters: dict[str, Any], output: dict[str, Any]
    ) -> dict[str, Any]:
        """Wait for a message as long as the caller or the queue says (SQS, "long polling")."""
        end = Instant(self._now() + poll_time(operation, parameters))
        while "Messages" not in output and self._now() < end:
            self._pause(Duration(min(end - self._now(), seconds(1))))
            output = operation.carry_out(operation.service, parameters, self._now())
        return output

    def _note(self, operation: Operation, parameters: dict[str, Any], outcome: str) -> None:
        """Write the call down."""
        if self._journal.per_record:
            resource = subject(operation.service_name, parameters)
            self._journal.record(
                "call",
                actor=self._caller.name() or "outside",
                subject=f"{operation.label} {resource}" if resource else operation.label,
                cause=self._caller.entry(),
                outcome=outcome,
            )

    def _find(self, client: Any, operation_name: str) -> Operation:
        """Look an operation up for the first time; what is not modelled is refused by name."""
        service_model = client.meta.service_model
        service_name = service_model.service_name
        service = self._services.get(service_name)
        if service is None or operation_name not in service.operations:
            error = UnsupportedError(
                f"{service_name}.{operation_name} is not modelled; "
                f"add it to harness/services/{service_name} or take it out of the code under test"
            )
            self._report(error)
            raise error
        operation = Operation(service_name, service, service_model.operation_model(operation_name))
        self._operations[type(client), operation_name] = operation
        return operation


def poll_time(operation: Operation, parameters: dict[str, Any]) -> Duration:
    """Return how long ReceiveMessage waits for a message: as the call says, or else its queue."""
    asked: int | None = parameters.get("WaitTimeSeconds")
    if asked is not None:
        return seconds(asked)
    waits: Duration = operation.service.find(parameters["QueueUrl"]).configuration.wait_time
    return waits


def partial_output(
    operation: Operation, parameters: dict[str, Any], fault: Fault, now: Instant
) -> dict[str, Any]:
    """Carry out a batch call for all members but those that the fault names, and report these."""
    split = PARTIAL.get(operation.label)
    if split is None:
        raise UnsupportedError(
            f"fault 'partial' at {operation.label}: the operation has no partial answer"
        )
    return split(operation.service, operation.carry_out, parameters, fault, now)


def _patience(client: Any) -> Duration:
    """Return how long *client* waits for an answer: botocore's minute, or what its Config says."""
    read_timeout: float | None = client.meta.config.read_timeout
    return _FOREVER if read_timeout is None else seconds(read_timeout)
