"""Where moto's queues tell other attributes than they were given."""

import json
from collections.abc import Callable
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import RECORDED, REFERENCE, asked, queue

_ALLOWANCE = "RedriveAllowPolicy"
_KEY = "KmsMasterKeyId"
_PERIOD = "KmsDataKeyReusePeriodSeconds"
_OWN = "SqsManagedSseEnabled"

_Names = set[str]
_Attributes = dict[str, Any]


def _has_two_kinds(ours: _Attributes, theirs: _Attributes) -> _Names:
    """Theirs is encrypted with a KMS key and by SQS itself."""
    names = {_OWN} if (ours.get(_OWN), theirs.get(_OWN)) == ("false", "true") else set()
    names |= {name for name in (_KEY, _PERIOD) if name in theirs and name not in ours}
    return names


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
            aws="Only one server-side encryption option is supported per queue: SSE-KMS or SSE-SQS.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a permission is taken back where there is none",
        lambda exchange: (
            exchange.operation == "RemovePermission"
            and exchange.ours.message.endswith("Reason: can't find label.")
            and exchange.theirs.message.endswith("Reason: can't find label on existing policy.")
        ),
        queue("q", "RemovePermission", Label="one"),
        divergence(
            service="sqs",
            theirs="The label is not found on the policy, though there is no policy.",
            ours="The text ends behind the label.",
            aws="Value crossaccountpermission for parameter Label is invalid. Reason: can't find"
            " label.",
            source=RECORDED,
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
            aws="RedriveAllowPolicy is one of the attributes that GetQueueAttributes returns.",
            source=f"{REFERENCE}API_GetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "the redrive allow policy is an attribute",
        lambda exchange: (
            exchange.operation == "GetQueueAttributes"
            and exchange.ours.is_ok
            and exchange.theirs.message == f"Unknown Attribute {_ALLOWANCE}."
        ),
        queue("q", "GetQueueAttributes", AttributeNames=[_ALLOWANCE]),
        divergence(
            service="sqs",
            theirs="Unknown Attribute RedriveAllowPolicy.",
            ours="It may be asked for.",
            aws="RedriveAllowPolicy is one of the names that GetQueueAttributes takes.",
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
            aws="The policy after AddPermission has the version 2008-10-17.",
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
            aws="SetQueueAttributes sets the value of one or more queue attributes.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a name that is none, beside All",
        lambda exchange: (
            exchange.operation == "GetQueueAttributes"
            and exchange.ours.is_ok
            and "All" in exchange.parameters["AttributeNames"]
            and exchange.theirs.code == "InvalidAttributeName"
        ),
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
        lambda exchange: (
            exchange.ours.message.startswith("You can use one type of server-side encryption")
            and exchange.theirs.code in {"ok", "QueueAlreadyExists"}
        ),
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
