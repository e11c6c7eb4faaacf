"""inject: something goes wrong at an AWS or HTTP call."""

from dataclasses import dataclass
from typing import Annotated, Literal

from typing_extensions import override

from harness.faults.catalogue import CATALOGUE
from harness.faults.rule import ANY, FaultRule
from harness.kernel.faultpoints import FaultKind
from harness.kernel.instant import Duration
from harness.results.scenario import NO_TIME
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.run import Run, unknown
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class Inject(Step):
    """Let a fault strike calls that functions make from now on."""

    fault: Annotated[FaultKind, "what goes wrong"]
    at: Annotated[str, "`service.Operation`, `service` for all of it, or `http.partner`"]
    resource: Annotated[str | None, "only calls to this table, stream, queue or bucket"] = None
    function: Annotated[str | None, "only calls by this function"] = None
    code: Annotated[str | None, "the error code of an `error` or `partial`"] = None
    message: Annotated[str | None, "the error's message"] = None
    status: Annotated[int | None, "the HTTP status of an `error`"] = None
    delay: Annotated[Duration, "how much longer a `delay` takes"] = NO_TIME
    positions: Annotated[
        list[int] | None, "which members of the batch fail in a `partial`, from 0"
    ] = None
    times: Annotated[int | Literal["forever"], "how many calls it strikes"] = 1
    skip: Annotated[int, "how many such calls pass first"] = 0

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse settings that the kind of fault has no use for, and those it lacks."""
        if self.fault == "delay" and not self.delay:
            return self.node, "a delay needs 'delay', for example delay: 2s"
        if self.fault == "partial" and not self.positions:
            return self.node, "a partial failure needs 'positions', for example positions: [0]"
        return None

    @override
    def run(self, run: Run) -> None:
        """Hand the rule to the injector."""
        run.world.faults.inject(self.rule(run))

    def _check_place(self, service: str, operation: str, run: Run) -> None:
        """Refuse a place that no call ever comes by: the fault would silently never strike."""
        if service in ("http", ANY):
            if service == "http" and operation not in ("", ANY):
                run.partner(operation, self.where("at"))
            return
        if service not in CATALOGUE:
            raise unknown("service", service, self.where("at"), [*CATALOGUE, "http"])
        known = getattr(getattr(run.world, service, None), "operations", None)
        if known is not None and operation not in ("", ANY, *known):
            raise unknown("operation", operation, self.where("at"), list(known))

    def rule(self, run: Run) -> FaultRule:
        """Return the rule."""
        service, _, operation = self.at.partition(".")
        self._check_place(service, operation, run)
        function, resource = ANY, ANY
        if self.function is not None:
            function = run.function(self.function, self.where("function")).logical_id
        if self.resource is not None:
            resource = run.any_resource(self.resource, self.where("resource")).name
        return FaultRule(
            kind=self.fault,
            service=service,
            operation=operation or ANY,
            resource=resource,
            function=function,
            code=self.code,
            message=self.message,
            status=self.status,
            times=None if self.times == "forever" else self.times,
            skip=self.skip,
            delay=self.delay,
            positions=tuple(self.positions or ()),
        )
