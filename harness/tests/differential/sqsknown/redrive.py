"""Where moto's redrive policies differ: what they refuse, and in which words."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import (
    EXISTS,
    GUIDE,
    OK,
    RECORDED,
    REFERENCE,
    VERIFIED,
    Outcome,
    Parameters,
    Told,
    always,
    asked,
    differs,
    invalid,
    is_fifo,
    queue,
)

_DEAD = "arn:aws:sqs:us-east-1:123456789012:dead"
_COUNT_MAX = 1_000
_CALLS = "CreateQueue SetQueueAttributes"
_MIXED: Outcome = (
    "InvalidParameterCombination",
    "Fifo queues cannot use non fifo dead letter queues",
)
_CANNOT = "Amazon SQS can't create the redrive allow policy"


def _policy(**members: Any) -> dict[str, str]:
    return {"RedrivePolicy": json.dumps(members)}


def _text(call: Parameters, name: str = "RedrivePolicy") -> str:
    text: str = call.get("Attributes", {}).get(name, "")
    return text


def _read(text: str) -> Any:
    """Return the policy in *text*, or None where there is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _target(call: Parameters) -> str:
    """Return the dead-letter queue that the call names, or nothing."""
    policy = _read(_text(call))
    return str(policy.get("deadLetterTargetArn", "")) if isinstance(policy, dict) else ""


def _refused(reason: str, is_so: Callable[[Parameters], bool]) -> Told:
    """Return what gives the refusal of a redrive policy for *reason*, where it is so."""
    return lambda call: [invalid(_text(call), "RedrivePolicy", reason)] if is_so(call) else []


def _not_found(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says of a target that it does not find."""
    code = "AWS.SimpleQueueService.NonExistentQueue"
    yield code, f"Could not find DLQ for {_target(call)}"


def _is_of_the_other_kind(call: Parameters) -> bool:
    return bool(_target(call)) and _target(call).endswith(".fifo") != is_fifo(call)


def _mixed_told(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says of a target of the other kind."""
    yield from [_MIXED] if is_fifo(call) else [OK, EXISTS]


def _is_no_map(call: Parameters) -> bool:
    return bool(_text(call)) and not isinstance(_read(_text(call)), dict)


def _no_map_told(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says of a policy that is no JSON, or an empty list."""
    if _read(_text(call)) is None:
        yield "broken down: JSONDecodeError", "Expecting value: line 1 column 1 (char 0)"
    else:
        yield from [OK, EXISTS]


def _count(call: Parameters) -> str:
    """Return how often a message may be received, nothing where the policy does not say."""
    policy = _read(_text(call))
    return str(policy.get("maxReceiveCount", "")) if isinstance(policy, dict) else ""


def _wrong_count(call: Parameters) -> Iterator[Outcome]:
    count = _count(call)
    if count and not (count.isdecimal() and 1 <= int(count) <= _COUNT_MAX):
        reason = (
            f"Invalid value for maxReceiveCount: {count}, valid values are from 1 to 1000 both "
            "inclusive."
        )
        yield invalid(_text(call), "RedrivePolicy", reason)


def _wrong_count_told(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says: the count it only reads, and then it looks for the target."""
    if not _count(call).isdecimal():
        yield (
            "broken down: ValueError",
            f"invalid literal for int() with base 10: {_count(call)!r}",
        )
    else:
        yield from [OK, EXISTS, _MIXED]
        yield from _not_found(call)


def _wrong_allowance(call: Parameters) -> Iterator[Outcome]:
    """Give the refusals of a redrive allow policy."""
    name = "RedriveAllowPolicy"
    text = _text(call, name)
    policy = _read(text)
    if not text:
        return
    if not isinstance(policy, dict) or policy.get("redrivePermission") not in _PERMISSIONS:
        yield (
            "InvalidAttributeValue",
            (
                f"Invalid value for the parameter {name}. Reason: {_CANNOT}, as it\u2019s in an "
                "unsupported format."
            ),
        )
        return
    is_by_queue = policy["redrivePermission"] == "byQueue"
    if is_by_queue and not policy.get("sourceQueueArns"):
        reason = (
            "When you specify the byQueue permission type, you must also specify one or more "
            "sourceQueueArns values."
        )
        yield invalid(text, name, f"{_CANNOT}. {reason}")
    if not is_by_queue and policy.get("sourceQueueArns"):
        reason = (
            "To specify one or more source queue ARNs, you must set redrivePermission to byQueue."
        )
        yield invalid(text, name, f"{_CANNOT}. {reason}")


_PERMISSIONS = ("allowAll", "denyAll", "byQueue")


def _set_where_it_may_not(peers: Peers) -> Exchange:
    allowance = {"RedriveAllowPolicy": '{"redrivePermission": "denyAll"}'}
    peers.call("sqs", "CreateQueue", QueueName="dead", Attributes=allowance)
    settings = _policy(deadLetterTargetArn=_DEAD, maxReceiveCount=1)
    return asked(peers, "q", "SetQueueAttributes", Attributes=settings)


def _set(settings: dict[str, str]) -> Callable[[Peers], Exchange]:
    def shown(peers: Peers) -> Exchange:
        peers.call("sqs", "CreateQueue", QueueName="dead")
        return asked(peers, "q", "SetQueueAttributes", Attributes=settings)

    return shown


def _set_for_fifo(peers: Peers) -> Exchange:
    peers.call("sqs", "CreateQueue", QueueName="dead")
    settings = _policy(deadLetterTargetArn=_DEAD, maxReceiveCount=1)
    return asked(peers, "q.fifo", "SetQueueAttributes", Attributes=settings)


def _counts_ten(exchange: Exchange) -> bool:
    told = ("InvalidParameterValue", "Redrive policy does not contain maxReceiveCount")
    return (
        exchange.operation in _CALLS
        and bool(_target(exchange.parameters))
        and not _count(exchange.parameters)
        and exchange.ours.is_ok
        and (exchange.theirs.code, exchange.theirs.message) == told
    )


def _looks_for_the_target_first(exchange: Exchange) -> bool:
    given = exchange.parameters.get("Attributes", {})
    theirs = (exchange.theirs.code, exchange.theirs.message)
    return (
        exchange.operation in _CALLS
        and len(given) > 1
        and exchange.ours.code in {"InvalidAttributeName", "InvalidAttributeValue"}
        and bool(_target(exchange.parameters))
        and theirs in _not_found(exchange.parameters)
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a dead-letter queue that is not there, and another mistake",
        _looks_for_the_target_first,
        _set(
            _policy(deadLetterTargetArn=f"{_DEAD}er", maxReceiveCount=1)
            | {"ContentBasedDeduplication": "true"}
        ),
        divergence(
            service="sqs",
            theirs="The dead-letter queue is looked for before the other attributes are looked at.",
            ours="The attribute that a standard queue cannot have is told.",
            aws="A queue may be refused for both; which one is told is not documented.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="either",
        ),
    ),
    Known(
        "a dead-letter queue that is not there",
        differs(
            _CALLS,
            _refused("Dead letter target does not exist.", lambda call: bool(_target(call))),
            _not_found,
        ),
        _set(_policy(deadLetterTargetArn=f"{_DEAD}er", maxReceiveCount=1)),
        divergence(
            service="sqs",
            theirs="NonExistentQueue: Could not find DLQ for the ARN.",
            ours="InvalidParameterValue: Dead letter target does not exist.",
            aws="deadLetterTargetArn: the ARN of the dead-letter queue; how one that is not there is"
            " refused is not documented.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="either",
        ),
    ),
    Known(
        "a dead-letter queue of the other kind",
        differs(
            _CALLS,
            _refused(
                "Dead-letter queue must be same type of queue as the source.",
                _is_of_the_other_kind,
            ),
            _mixed_told,
        ),
        _set_for_fifo,
        divergence(
            service="sqs",
            theirs="A standard queue may have a FIFO dead-letter queue; the other way round is an"
            " InvalidParameterCombination.",
            ours="InvalidParameterValue both ways.",
            aws="The dead-letter queue of a FIFO queue must also be a FIFO queue; that of a standard"
            " queue must also be a standard queue.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a redrive policy without a target",
        differs(
            _CALLS,
            _refused(
                "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.",
                lambda call: not _target(call),
            ),
            always(
                ("InvalidParameterValue", "Redrive policy does not contain deadLetterTargetArn")
            ),
        ),
        _set(_policy(maxReceiveCount=1)),
        divergence(
            service="sqs",
            theirs="Redrive policy does not contain deadLetterTargetArn",
            ours="The text quotes the policy and calls the attribute mandatory.",
            aws="A redrive policy without a target is an InvalidParameterValue; the text is not"
            " recorded.",
            source=VERIFIED,
            right="either",
        ),
    ),
    Known(
        "a redrive policy that is no map",
        differs(
            _CALLS,
            _refused("Redrive policy is not a valid JSON map.", _is_no_map),
            _no_map_told,
        ),
        _set({"RedrivePolicy": "no JSON"}),
        divergence(
            service="sqs",
            theirs="A redrive policy that is no JSON ends in an error of Python; an empty list takes"
            " the policy away.",
            ours="Redrive policy is not a valid JSON map.",
            aws="RedrivePolicy: the string that includes the parameters for the dead-letter queue"
            " functionality of the source queue as a JSON object.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a target that is no ARN",
        differs(
            _CALLS,
            _refused(
                "Invalid value for deadLetterTargetArn.",
                lambda call: not _target(call).startswith("arn:"),
            ),
            _not_found,
        ),
        _set(_policy(deadLetterTargetArn="dead", maxReceiveCount=1)),
        divergence(
            service="sqs",
            theirs="NonExistentQueue: Could not find DLQ for dead",
            ours="Invalid value for deadLetterTargetArn.",
            aws="Value … for parameter RedrivePolicy is invalid. Reason: Invalid value for"
            " deadLetterTargetArn.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "how often a message may be received",
        differs(_CALLS, _wrong_count, _wrong_count_told),
        _set(_policy(deadLetterTargetArn=_DEAD, maxReceiveCount=0)),
        divergence(
            service="sqs",
            theirs="maxReceiveCount may be any number; a text ends in a ValueError of Python.",
            ours="It is from 1 to 1,000.",
            aws="Set the number of maximum receives to a value between 1 and 1,000.",
            source=f"{GUIDE}sqs-configure-dead-letter-queue.html",
            right="ours",
        ),
    ),
    Known(
        "ten receives unless the policy says otherwise",
        _counts_ten,
        _set(_policy(deadLetterTargetArn=_DEAD)),
        divergence(
            service="sqs",
            theirs="A redrive policy without maxReceiveCount is refused.",
            ours="The count is 10.",
            aws="maxReceiveCount: default 10; a test that was verified against AWS, before the"
            " reference said so, has a policy without it refused.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="either",
        ),
    ),
    Known(
        "a redrive allow policy is checked",
        differs(_CALLS, _wrong_allowance, always(OK, EXISTS)),
        queue(
            "q",
            "SetQueueAttributes",
            Attributes={"RedriveAllowPolicy": '{"redrivePermission": "byQueue"}'},
        ),
        divergence(
            service="sqs",
            theirs="Any text is a redrive allow policy.",
            ours="Its permission and its sources must fit each other.",
            aws="You can specify sourceQueueArns only when the redrivePermission parameter is set to"
            " byQueue.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a redrive allow policy is heeded",
        differs(
            _CALLS,
            _refused(
                "The dead-letter queue does not allow this source queue.",
                lambda call: bool(_target(call)),
            ),
            always(OK, EXISTS),
        ),
        _set_where_it_may_not,
        divergence(
            service="sqs",
            theirs="Any queue may name a dead-letter queue, whatever that one allows.",
            ours="InvalidParameterValue for one that it does not allow.",
            aws="denyAll: no source queues can specify this queue as the dead-letter queue.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
)
