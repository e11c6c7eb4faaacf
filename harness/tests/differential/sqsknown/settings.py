"""Where moto's queues tell other attributes than they were given."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import (
    EXISTS,
    OK,
    RECORDED,
    REFERENCE,
    Outcome,
    Parameters,
    always,
    asked,
    differs,
    outcome,
    queue,
)

_ALLOWANCE = "RedriveAllowPolicy"
_KEY = "KmsMasterKeyId"
_PERIOD = "KmsDataKeyReusePeriodSeconds"
_OWN = "SqsManagedSseEnabled"

_Names = set[str]
_Attributes = dict[str, Any]


_NAMES = frozenset({
    "All", "Policy", "VisibilityTimeout", "MaximumMessageSize", "MessageRetentionPeriod",
    "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
    "DelaySeconds", "ReceiveMessageWaitTimeSeconds", "RedrivePolicy", "FifoQueue",
    "ContentBasedDeduplication", _KEY, _PERIOD, "DeduplicationScope", "FifoThroughputLimit", _OWN,
})  # fmt: skip
"""The names that moto knows."""


def unknown_names(call: Parameters) -> Iterator[str]:
    """Give the names that GetQueueAttributes is asked for, and moto does not know."""
    for name in call.get("AttributeNames", []):
        if name not in _NAMES:
            yield name


def _has_two_kinds(ours: _Attributes, theirs: _Attributes) -> _Names:
    """Theirs is encrypted with a KMS key and by SQS itself."""
    if (ours.get(_OWN), theirs.get(_OWN)) == ("false", "true"):
        return {_OWN}
    is_own = ours.get(_OWN, "true") == "true"
    return {name for name in (_KEY, _PERIOD) if name in theirs and name not in ours and is_own}


def _does_not_tell_the_allowance(ours: _Attributes, theirs: _Attributes) -> _Names:
    return {_ALLOWANCE} if _ALLOWANCE in ours and _ALLOWANCE not in theirs else set()


def _begins_another_policy(ours: _Attributes, theirs: _Attributes) -> _Names:
    mine, other = _document(ours), _document(theirs)
    versions = (mine.pop("Version", None), other.pop("Version", None))
    is_version = versions == ("2008-10-17", "2012-10-17")
    return {"Policy"} if is_version and mine == other else set()


def _forgets_the_policy(ours: _Attributes, theirs: _Attributes) -> _Names:
    return {"Policy"} if "Policy" in ours and "Policy" not in theirs else set()


def _document(attributes: _Attributes) -> dict[str, Any]:
    policy = attributes.get("Policy", {})
    return dict(json.loads(policy) if isinstance(policy, str) else policy)


_REASONS = (
    _has_two_kinds,
    _does_not_tell_the_allowance,
    _begins_another_policy,
    _forgets_the_policy,
)


def _tells_otherwise(
    reason: Callable[[_Attributes, _Attributes], _Names],
) -> Callable[[Exchange], bool]:
    """Return whether *reason* is one why attributes differ, and all that differ have a reason."""

    def explains(exchange: Exchange) -> bool:
        if exchange.operation != "GetQueueAttributes" or not exchange.theirs.is_ok:
            return False
        ours, theirs = (
            side.output.get("Attributes", {}) for side in (exchange.ours, exchange.theirs)
        )
        differing = {
            name
            for name in ours.keys() | theirs.keys()
            if not name.endswith("Timestamp") and ours.get(name) != theirs.get(name)
        }
        explained = set().union(*(each(ours, theirs) for each in _REASONS))
        return bool(reason(ours, theirs)) and differing <= explained

    return explains


def _both_kinds(call: Parameters) -> Iterator[Outcome]:
    given = call.get("Attributes", {})
    if given.get(_KEY) and given.get(_OWN) == "true":
        yield (
            "InvalidAttributeName",
            (
                "You can use one type of server-side encryption (SSE) at one time. You can either enable "
                "KMS SSE or SQS SSE."
            ),
        )


def no_name(name: str) -> Outcome:
    return "InvalidAttributeName", f"Unknown Attribute {name}."


def _does_not_know_the_allowance(exchange: Exchange) -> bool:
    """Whether theirs refuses its name, and ours none, or one that there is not."""
    names = list(unknown_names(exchange.parameters))
    others = [no_name(name) for name in names if name != _ALLOWANCE]
    return (
        exchange.operation == "GetQueueAttributes"
        and _ALLOWANCE in names
        and outcome(exchange.theirs) == no_name(_ALLOWANCE)
        and outcome(exchange.ours) in (others or [OK])
    )


def _looks_at_names_beside_all(exchange: Exchange) -> bool:
    refusals = [no_name(name) for name in unknown_names(exchange.parameters)]
    return (
        exchange.operation == "GetQueueAttributes"
        and "All" in exchange.parameters.get("AttributeNames", [])
        and exchange.ours.is_ok
        and outcome(exchange.theirs) in refusals
    )


def _look_after(*settings: dict[str, str]) -> Callable[[Peers], Exchange]:
    def shown(peers: Peers) -> Exchange:
        for each in settings:
            asked(peers, "q", "SetQueueAttributes", Attributes=each)
        return asked(peers, "q", "GetQueueAttributes", AttributeNames=["All"])

    return shown


def _look_after_a_grant(peers: Peers) -> Exchange:
    grant: dict[str, Any] = {
        "Label": "one",
        "AWSAccountIds": ["111122223333"],
        "Actions": ["SendMessage"],
    }
    asked(peers, "q", "AddPermission", **grant)
    return asked(peers, "q", "GetQueueAttributes", AttributeNames=["Policy"])


KNOWN: tuple[Known, ...] = (
    Known(
        "a queue is encrypted with one kind of key",
        _tells_otherwise(_has_two_kinds),
        _look_after({_KEY: "alias/aws/sqs"}),
        divergence(
            service="sqs",
            theirs="A queue that is given a KMS key has SQS's own encryption beside it.",
            ours="Either ends the other.",
            aws="Only one server-side encryption option is supported per queue (for example, SSE-KMS"
            " or SSE-SQS).",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "the redrive allow policy is told",
        _tells_otherwise(_does_not_tell_the_allowance),
        _look_after({_ALLOWANCE: '{"redrivePermission": "denyAll"}'}),
        divergence(
            service="sqs",
            theirs="RedriveAllowPolicy can be set and is never told.",
            ours="It is one of the attributes.",
            aws="The following attributes are supported: RedriveAllowPolicy, the permissions for the"
            " dead-letter queue redrive permission, and others.",
            source=f"{REFERENCE}API_GetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "the redrive allow policy is an attribute",
        _does_not_know_the_allowance,
        queue("q", "GetQueueAttributes", AttributeNames=[_ALLOWANCE]),
        divergence(
            service="sqs",
            theirs="Unknown Attribute RedriveAllowPolicy.",
            ours="It may be asked for.",
            aws="RedriveAllowPolicy is one of the attributes for which GetQueueAttributes retrieves"
            " information.",
            source=f"{REFERENCE}API_GetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "the version of a policy that a permission begins",
        _tells_otherwise(_begins_another_policy),
        _look_after_a_grant,
        divergence(
            service="sqs",
            theirs="AddPermission begins a policy of the version 2012-10-17.",
            ours="One of the version 2008-10-17.",
            aws='The policy that AddPermission begins has "Version": "2008-10-17".',
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a queue keeps the policy that it is not given anew",
        _tells_otherwise(_forgets_the_policy),
        _look_after(
            {"Policy": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}'},
            {"DelaySeconds": "1"},
        ),
        divergence(
            service="sqs",
            theirs="A queue that is given another attribute has no policy any more.",
            ours="Attributes that are not given stay as they are.",
            aws="SetQueueAttributes sets the value of one or more queue attributes, like a policy.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a name that is none, beside All",
        _looks_at_names_beside_all,
        queue("q", "GetQueueAttributes", AttributeNames=["All", "Gone"]),
        divergence(
            service="sqs",
            theirs="A name that is none is refused beside All, too.",
            ours="With All the other names are not looked at.",
            aws="All returns all values; of other names beside it nothing is said.",
            source=f"{REFERENCE}API_GetQueueAttributes.html",
            right="either",
        ),
    ),
    Known(
        "two kinds of encryption at once",
        differs("CreateQueue SetQueueAttributes", _both_kinds, always(OK, EXISTS)),
        queue("q", "SetQueueAttributes", Attributes={_KEY: "alias/aws/sqs", _OWN: "true"}),
        divergence(
            service="sqs",
            theirs="A KMS key and SQS's own encryption can be set in one call.",
            ours="InvalidAttributeName: one type of server-side encryption at one time.",
            aws="You can use one type of server-side encryption (SSE) at one time.",
            source=RECORDED,
            right="ours",
        ),
    ),
)
