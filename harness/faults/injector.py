"""The injector: answers at each call whether a fault strikes it, and writes down those that do."""

from collections.abc import Sequence
from typing import Any

from harness.faults.catalogue import find_error, usual_error
from harness.faults.rule import FaultRule
from harness.faults.swarm import FaultClass, options
from harness.kernel.chooser import Chooser
from harness.kernel.faultpoints import Fault, FaultPoint
from harness.kernel.journal import Journal


class InjectedRule:
    """A rule that is in force, and how many calls it has met and struck."""

    __slots__ = ("met", "rule", "struck")

    def __init__(self, rule: FaultRule) -> None:
        self.rule = rule
        self.met = 0
        self.struck = 0

    def is_due(self, point: FaultPoint) -> bool:
        """Count *point* if the rule speaks of it, and say whether it is to be struck."""
        rule = self.rule
        if not rule.matches(point):
            return False
        self.met += 1
        return self.met > rule.skip and (rule.times is None or self.struck < rule.times)


class Injector:
    """Decides by rules first, then by the chooser where a swarm of fault classes is set."""

    def __init__(
        self, journal: Journal, chooser: Chooser, *, swarm: Sequence[FaultClass] = ()
    ) -> None:
        self._journal = journal
        self._chooser = chooser
        self.swarm = tuple(swarm)
        """What the chooser may draw at a call; empty for rules only."""
        self.rules: list[InjectedRule] = []

    @property
    def is_calm(self) -> bool:
        """Whether nothing can strike at all, so that a hot path need not ask."""
        return not self.rules and not self.swarm

    def inject(self, rule: FaultRule) -> InjectedRule:
        """Put *rule* in force and return it with its counts; earlier rules strike first."""
        injected = InjectedRule(rule)
        self.rules.append(injected)
        return injected

    def clear(self) -> None:
        """Put all rules out of force; the swarm stays."""
        self.rules.clear()

    def decide(self, point: FaultPoint) -> Fault | None:
        """Return the fault that strikes *point*, or None."""
        fault = self._by_rule(point) or self._by_chance(point)
        if fault is not None:
            self._write_down(fault, point)
        return fault

    def _by_rule(self, point: FaultPoint) -> Fault | None:
        # Every rule counts the call, also one that an earlier rule strikes: "the third PutItem"
        # is the third one whatever else goes wrong.
        due = [injected for injected in self.rules if injected.is_due(point)]
        if not due:
            return None
        due[0].struck += 1
        return _fault(due[0].rule, point.service)

    def _by_chance(self, point: FaultPoint) -> Fault | None:
        faults = options(point, self.swarm) if self.swarm else []
        if not faults:
            return None
        choice = self._chooser.choose(f"fault.{point.service}.{point.operation}", len(faults) + 1)
        return faults[choice - 1] if choice else None

    def _write_down(self, fault: Fault, point: FaultPoint) -> None:
        details: dict[str, Any] = (
            {"error": fault.error_code} if fault.kind in ("error", "partial") else {}
        )
        if fault.positions:
            details["positions"] = list(fault.positions)
        self._journal.record(
            "fault",
            actor=point.function or "outside",
            subject=" ".join(filter(None, (f"{point.service}.{point.operation}", point.resource))),
            fault=fault.kind,
            **details,
        )


def _fault(rule: FaultRule, service: str) -> Fault:
    """Return what *rule* does to a call of *service*, with AWS's words for what it leaves open."""
    code = rule.code or usual_error(service).code
    known = find_error(service, code)
    return Fault(
        rule.kind,
        error_code=code,
        error_message=rule.message or (known.message if known else code),
        status=rule.status or (known.status if known else 400),
        delay=rule.delay,
        positions=rule.positions,
    )
