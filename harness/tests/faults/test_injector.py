"""The injector: which calls are struck, how often, and what the journal says of it."""

import pytest

from harness.faults.catalogue import CATALOGUE, find_error, usual_error
from harness.faults.injector import Injector
from harness.faults.rule import FaultRule
from harness.faults.swarm import FaultClass, options
from harness.kernel.chooser import CalmChooser, SeededChooser
from harness.kernel.entropy import Entropy
from harness.kernel.faultpoints import FaultPoint
from harness.kernel.instant import Instant, seconds
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler

PUT_ITEM = FaultPoint("dynamodb", "PutItem", "Loader", "demandTable")
GET_ITEM = FaultPoint("dynamodb", "GetItem", "Loader", "demandTable")
OUTSIDE = FaultPoint("dynamodb", "PutItem", None, "demandTable")


def _injector() -> tuple[Injector, Journal]:
    journal = Journal(Scheduler(Instant(0)))
    return Injector(journal, CalmChooser()), journal


def test_an_injector_without_rules_is_calm() -> None:
    """A hot path need not ask it."""
    injector, journal = _injector()

    assert injector.is_calm
    assert injector.decide(PUT_ITEM) is None
    assert len(journal) == 0


def test_a_rule_strikes_once_unless_it_says_otherwise() -> None:
    """The first call that matches."""
    injector, _ = _injector()
    injector.inject(FaultRule("error", service="dynamodb"))

    struck = [injector.decide(PUT_ITEM) is not None for _ in range(3)]

    assert struck == [True, False, False]
    assert not injector.is_calm


def test_the_third_call_can_be_named() -> None:
    """Skip two, strike two, spare the rest."""
    injector, _ = _injector()
    rule = injector.inject(FaultRule("error", operation="PutItem", skip=2, times=2))

    struck = [injector.decide(PUT_ITEM) is not None for _ in range(6)]

    assert struck == [False, False, True, True, False, False]
    assert (rule.met, rule.struck) == (6, 2)


def test_a_rule_may_strike_for_good() -> None:
    """Until it is cleared."""
    injector, _ = _injector()
    injector.inject(FaultRule("error", times=None))
    assert all(injector.decide(PUT_ITEM) for _ in range(10))

    injector.clear()

    assert injector.decide(PUT_ITEM) is None


@pytest.mark.parametrize(
    ("rule", "strikes"),
    [
        (FaultRule("error"), True),
        (FaultRule("error", service="kinesis"), False),
        (FaultRule("error", operation="PutItem"), True),
        (FaultRule("error", operation="GetItem"), False),
        (FaultRule("error", resource="demandTable"), True),
        (FaultRule("error", resource="demand"), False),
        (FaultRule("error", function="Loader"), True),
        (FaultRule("error", function="outside"), False),
    ],
)
def test_patterns_are_whole_words_or_a_star(rule: FaultRule, strikes: bool) -> None:  # noqa: FBT001 - a table's column
    """All four must match."""
    injector, _ = _injector()
    injector.inject(rule)

    assert (injector.decide(PUT_ITEM) is not None) is strikes


def test_a_caller_outside_can_be_named() -> None:
    """It has no logical id."""
    injector, _ = _injector()
    injector.inject(FaultRule("error", function="outside"))

    assert injector.decide(OUTSIDE) is not None


def test_a_rule_counts_calls_that_an_earlier_rule_strikes() -> None:
    """The second PutItem is the second one whatever happened to the first."""
    injector, _ = _injector()
    injector.inject(FaultRule("timeout", operation="PutItem"))
    injector.inject(FaultRule("error", operation="PutItem", skip=1))

    kinds = [fault.kind if fault else None for fault in map(injector.decide, [PUT_ITEM] * 3)]

    assert kinds == ["timeout", "error", None]


def test_an_error_speaks_with_the_words_of_aws() -> None:
    """Code, message and status come from the catalogue unless the rule has its own."""
    injector, _ = _injector()
    injector.inject(FaultRule("error", code="SlowDown", service="s3"))
    injector.inject(FaultRule("error", code="Odd", message="odd", status=418))

    slow = injector.decide(FaultPoint("s3", "GetObject", "Loader", "scores"))
    odd = injector.decide(PUT_ITEM)

    assert slow is not None
    assert (slow.error_code, slow.error_message, slow.status) == (
        "SlowDown",
        "Please reduce your request rate.",
        503,
    )
    assert odd is not None
    assert (odd.error_code, odd.error_message, odd.status) == ("Odd", "odd", 418)


def test_delay_and_positions_reach_the_call() -> None:
    """How long it takes longer, and which members of a batch fail."""
    injector, _ = _injector()
    injector.inject(FaultRule("delay", delay=seconds(2)))
    injector.inject(FaultRule("partial", positions=(1, 3)))

    delay, partial = injector.decide(PUT_ITEM), injector.decide(PUT_ITEM)

    assert delay is not None
    assert delay.delay == seconds(2)
    assert partial is not None
    assert partial.positions == (1, 3)


def test_what_strikes_is_written_down() -> None:
    """Who was struck, at which call, with what."""
    injector, journal = _injector()
    injector.inject(FaultRule("error", times=2))

    injector.decide(PUT_ITEM)
    injector.decide(FaultPoint("kinesis", "ListStreams", None))

    first, second = journal
    assert (first.kind, first.actor, first.subject) == (
        "fault",
        "Loader",
        "dynamodb.PutItem demandTable",
    )
    assert first.details == {"fault": "error", "error": "ProvisionedThroughputExceededException"}
    assert (second.actor, second.subject) == ("outside", "kinesis.ListStreams")


def test_a_swarm_is_drawn_by_the_chooser() -> None:
    """Two runs of one seed draw alike; another seed draws differently."""

    def drawn(seed: int) -> list[str | None]:
        journal = Journal(Scheduler(Instant(0)))
        chooser = SeededChooser(Entropy(seed), odds=0.5)
        injector = Injector(journal, chooser, swarm=("throttle", "lost_answer", "crash_after"))
        faults = [injector.decide(PUT_ITEM) for _ in range(20)]
        return [fault.kind if fault else None for fault in faults]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert set(drawn(1)) - {None} <= {"error", "lost_answer", "crash_after"}


def test_a_calm_chooser_draws_nothing_from_a_swarm() -> None:
    """Choice 0 is that nothing goes wrong."""
    injector, journal = _injector()
    injector.swarm = ("throttle", "timeout")

    assert injector.decide(PUT_ITEM) is None
    assert len(journal) == 0


def test_only_what_can_happen_to_a_call_is_drawn() -> None:
    """A caller outside cannot crash, a single write cannot fail in part, a partner is no AWS."""
    classes: tuple[FaultClass, ...] = ("throttle", "crash_before", "partial", "delay")
    batch = FaultPoint("kinesis", "PutRecords", "Loader", "scores")

    assert [fault.kind for fault in options(OUTSIDE, classes)] == ["error"]
    assert [fault.kind for fault in options(GET_ITEM, classes)] == [
        "error",
        "crash_before",
        "delay",
    ]
    assert [fault.kind for fault in options(batch, classes)] == [
        "error", "crash_before", "partial", "delay",
    ]  # fmt: skip
    assert [fault.kind for fault in options(FaultPoint("http", "slack", "R"), classes)] == [
        "crash_before",
        "delay",
    ]


def test_the_catalogue_knows_each_service_by_its_throttle() -> None:
    """What it answers when it is merely too busy."""
    assert {service: usual_error(service).code for service in CATALOGUE} == {
        "dynamodb": "ProvisionedThroughputExceededException",
        "kinesis": "ProvisionedThroughputExceededException",
        "sqs": "RequestThrottled",
        "s3": "SlowDown",
        "cloudwatch": "Throttling",
        "lambda": "TooManyRequestsException",
    }
    assert usual_error("events").code == "ThrottlingException"


def test_an_error_is_found_with_its_service_or_in_general() -> None:
    """The service's own words come first."""
    own, general = (
        find_error("s3", "ServiceUnavailable"),
        find_error("sqs", "AccessDeniedException"),
    )

    assert own is not None
    assert own.message == "Service is unable to handle request."
    assert general is not None
    assert find_error("s3", "NoSuchError") is None


def test_no_service_lists_an_error_twice() -> None:
    """A code has one message."""
    for errors in CATALOGUE.values():
        codes = [error.code for error in errors]
        assert len(codes) == len(set(codes))


def test_an_unavailable_service_is_no_fault_of_a_partner() -> None:
    """Partners have bad days of their own."""
    fault = options(GET_ITEM, ("unavailable",))[0]

    assert (fault.error_code, fault.status) == ("ServiceUnavailable", 503)
    assert options(FaultPoint("http", "slack", "Reporter"), ("unavailable",)) == []
