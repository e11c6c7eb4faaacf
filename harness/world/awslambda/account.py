"""What the operations work on: the functions of the template, and the mappings to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from harness.kernel.instant import Instant
from harness.kernel.journal import Journal
from harness.mappings.eventsources import EventSources
from harness.mappings.machinery import Machinery
from harness.runtime.asynchronous import AsynchronousQueue
from harness.runtime.baton import Baton
from harness.runtime.function import Function
from harness.runtime.invoker import Invoker
from harness.services.base import modelled
from harness.services.base.identity import Identity
from harness.services.base.service import Parameters
from harness.world.awslambda.errors import invalid_value, not_found
from harness.world.awslambda.functionnames import (
    LATEST,
    require_this_region,
    split_name,
)
from harness.world.awslambda.mappingrecords import MappingRecords
from harness.world.awslambda.sources import Sources
from harness.world.caller import CurrentCaller
from harness.world.logs import Logs

require_modelled = partial(modelled.require_modelled, "lambda")
"""Refuse by name any parameter of an operation that is not modelled."""


@dataclass(frozen=True, slots=True)
class Running:
    """The parts of the world that run functions."""

    invoker: Invoker
    baton: Baton
    asynchronous: AsynchronousQueue
    caller: CurrentCaller
    logs: Logs


class LambdaAccount:
    """AWS Lambda of one account in one region, for functions that the template declares."""

    def __init__(
        self,
        running: Running,
        machinery: Machinery,
        event_sources: EventSources,
        sources: Sources,
    ) -> None:
        self.running = running
        self.identity: Identity = machinery.identity
        self.journal: Journal = machinery.journal
        self.sources = sources
        self.invoke_configs_changed: dict[str, Instant] = {}
        """When the asynchronous settings of a function, by its name, were changed last."""
        self.started: Instant = machinery.scheduler.now
        self.mappings = MappingRecords(
            event_sources,
            sources,
            scheduler=machinery.scheduler,
            identifiers=machinery.identifiers,
        )

    @property
    def functions(self) -> Mapping[str, Function]:
        """The functions by name."""
        return self.running.invoker.functions

    def function_of(self, params: Parameters) -> Function:
        """Return the function that FunctionName and Qualifier mean; raise AWS's error for none."""
        name, qualifier = self.qualified_name(params)
        function = self.functions.get(name)
        if function is None or qualifier not in (None, LATEST):
            suffix = "" if qualifier is None else f":{qualifier}"
            arn = name if name.startswith("arn:") else self.function_arn(name)
            raise not_found(f"Function not found: {arn}{suffix}")
        return function

    def qualified_name(self, params: Parameters) -> tuple[str, str | None]:
        """Return the name and the qualifier that FunctionName and Qualifier mean together."""
        require_this_region(params["FunctionName"], self.identity)
        name, derived = split_name(params["FunctionName"], self.identity)
        qualifier: str | None = params.get("Qualifier", derived)
        if derived not in (None, qualifier):
            raise invalid_value(
                "The derived qualifier from the function name does not match the specified "
                "qualifier."
            )
        return name, qualifier

    def function_arn(self, name: str) -> str:
        """Return the unqualified ARN of a function."""
        return self.running.invoker.function_arn(name)

    def configure(self, function: Function) -> None:
        """Give a function other settings, of those that its environments know nothing of."""
        self.running.invoker.configure(function)
