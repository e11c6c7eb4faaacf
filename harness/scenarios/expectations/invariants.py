"""invariants: what must hold at rest, whatever has happened."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from typing_extensions import override

from harness.errors import UnsupportedError
from harness.results.raised import described
from harness.scenarios.expectations.expectation import Expectation, Finding, Objection
from harness.scenarios.run import Run, imported, unknown


@dataclass(frozen=True, slots=True)
class Invariants(Expectation):
    """The invariants of the world file.

    They are checked after every scenario, written or not; `except` switches some off by name.
    One that asks a deployed stack for what nobody can see there is untold, and the report says so.
    """

    shorthand: ClassVar[str | None] = "are"
    are: Annotated[Literal["all"], "all of them, which is the rule"] = "all"
    except_: Annotated[
        dict[str, str] | None, "invariants that cannot hold here, each with the reason"
    ] = None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Ask every invariant; each answers with sentences about what it finds wrong."""
        checks = {name_of(target): target for target in run.world.configuration.invariants}
        for name in self.except_ or ():
            if name not in checks:
                raise unknown("invariant", name, self.where("except"), list(checks))
        # One view for all of them: each is a copy of the whole world.
        view = run.world.view() if checks else None
        for name, target in checks.items():
            if name in (self.except_ or ()):
                continue
            check = imported(target, self.node)
            try:
                complaints = complaints_of(check, view)
            except UnsupportedError as error:  # where a world sees less than a simulated one
                run.untold.append(f"the invariant {name}: {error}")
                continue
            except Exception as error:
                text = f"the invariant {name} cannot be checked: {described(error)}"
                raise run.broken(self.node, text) from error
            for complaint in complaints:
                what = f"the invariant {name}"
                yield Objection(self.node, what, "to hold", complaint)


def complaints_of(check: Callable[[Any], Any], view: Any) -> list[str]:
    """Return what *check* finds wrong; TypeError where it answers with anything but sentences."""
    found = check(view)
    if isinstance(found, str) or not isinstance(found, Iterable):
        kind = type(found).__name__
        raise TypeError(f"it answers with {kind} and not with a list of sentences, empty or not")
    complaints = list(found)
    for complaint in complaints:
        if not isinstance(complaint, str):
            raise TypeError(f"among its sentences is one of type {type(complaint).__name__}")
    return complaints


def name_of(target: Any) -> str:
    """Return the name of an invariant: that of its module, for each has one of its own."""
    module = target.partition(":")[0] if isinstance(target, str) else str(target.__module__)
    return module.rpartition(".")[2]
