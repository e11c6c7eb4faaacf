"""Where moto tells of mappings, changes, deletes and lists them otherwise."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown.asking import (
    AT_REST,
    MOMENT,
    RECORDED,
    RECORDED_API,
    TRANSITION,
    UNKNOWN,
    USER_INITIATED,
    Described,
    Explains,
    Texts,
    asked,
    call,
    changes,
    created,
    defaults,
    described,
    given,
    pairs,
    queue_mapping,
    reason,
    refuses,
    stream_mapping,
    told,
)
from harness.tests.differential.lambdaknown.refusals import (
    any_of,
    no_function,
    out_of_bounds,
    wrong_filter,
)
from harness.tests.differential.peers import Exchange, Pair, Peers

_STATES = "https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html"
_DELETE, _UPDATE = "DeleteEventSourceMapping", "UpdateEventSourceMapping"
_NOWHERE = "The resource you requested does not exist."
_GET, _LIST = "GetEventSourceMapping", "ListEventSourceMappings"


def _raw(peers: Peers) -> Exchange:
    """Create a mapping without settling, which takes away what is shown."""
    return peers.call("lambda", "CreateEventSourceMapping", **given(peers, stream_mapping()))


def _only(exchange: Exchange) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return the one mapping that each side describes."""
    ours, theirs = described(exchange.ours), described(exchange.theirs)
    return (ours[0], theirs[0]) if len(ours) == len(theirs) == 1 else None


def _is_unsettled(differs: Callable[[Described, Described], bool]) -> Explains:
    """Return whether one mapping on both sides *differs*, and else only as settling takes away."""

    def explains(exchange: Exchange) -> bool:
        both = _only(exchange)
        if both is None or not differs(*both):
            return False
        ours, theirs = both
        unsaid = {name for name, value in defaults(ours).items() if ours.get(name) == value}
        return changes(ours, theirs) <= {
            *(name for name in unsaid if name not in theirs),
            *("EventSourceMappingArn", "State", "StateTransitionReason", "LastModified"),
        }

    return explains


def _lacks_defaults(ours: Described, theirs: Described) -> bool:
    return any(
        name not in theirs and ours.get(name) == value for name, value in defaults(ours).items()
    )


def _is_at_once(ours: Described, theirs: Described) -> bool:
    return (ours["State"], theirs["State"]) == ("Creating", AT_REST["Creating"])


def _has_another_reason(ours: Described, theirs: Described) -> bool:
    told_of = (ours["StateTransitionReason"], theirs["StateTransitionReason"])
    return told_of == (reason(ours), USER_INITIATED)


def _notes_no_transition(ours: Described, theirs: Described) -> bool:
    """Whether theirs was modified when it was made, and ours when that had come to its end."""
    later = ours["LastModified"] - theirs["LastModified"]
    return ours["State"] == theirs["State"] and bool(later == timedelta(seconds=TRANSITION))


def _notes_no_deletion(exchange: Exchange) -> bool:
    """Whether all that differs is that ours was modified later: when it was deleted."""
    both = _only(exchange)
    return (
        both is not None
        and exchange.operation == _DELETE
        and changes(*both) == {"LastModified"}
        and bool(both[0]["LastModified"] > both[1]["LastModified"])
    )


def _forgets_the_moment(exchange: Exchange) -> bool:
    """Whether all that differs is that theirs do not tell where a stream was begun."""
    found = list(pairs(exchange))
    return bool(found) and all(
        ours is not None
        and theirs is not None
        and changes(ours, theirs) == {"StartingPositionTimestamp"}
        and ours["StartingPositionTimestamp"] == MOMENT
        and "StartingPositionTimestamp" not in theirs
        for ours, theirs in found
    )


def _is_answered_with_nothing(code: str, told_of: Texts) -> Explains:
    """Return whether ours refuses a change like that, and theirs takes it and says nothing."""
    return lambda exchange: (
        refuses(exchange, code, told_of)
        and exchange.operation in {_UPDATE, _DELETE}
        and exchange.theirs.is_ok
        and exchange.theirs.output == {}
    )


def _is_in_use(exchange: Exchange) -> bool:
    """Whether ours refuses a change of a mapping in the midst of one."""
    verb = {_UPDATE: "update", _DELETE: "delete"}.get(exchange.operation)
    told_of = f"Cannot {verb} the event source mapping because it is in use."
    return (exchange.ours.code, exchange.ours.message) == ("ResourceInUseException", told_of)


def _is_gone_at_once(exchange: Exchange) -> bool:
    """Whether ours is being deleted still, and theirs is not there."""
    if exchange.operation == _GET:
        return exchange.ours.output.get("State") == "Deleting" and (
            str(exchange.theirs) == f"ResourceNotFoundException: {_NOWHERE}"
        )
    found = list(pairs(exchange)) if exchange.operation == _LIST else []
    return bool(found) and all(
        theirs is None and ours is not None and ours["State"] == "Deleting"
        for ours, theirs in found
    )


def _at_rest(peers: Peers, **parameters: Any) -> Pair:
    uuid = created(peers, **parameters)
    peers.wait(5)
    return uuid


def _enabled(peers: Peers) -> Exchange:
    """Look at a mapping without settling, which would take the difference away."""
    return peers.call("lambda", _GET, UUID=_at_rest(peers, **queue_mapping()))


def _deletion(peers: Peers) -> Exchange:
    uuid = _at_rest(peers, **queue_mapping())
    peers.wait(5)
    return asked(peers, _DELETE, UUID=uuid)


def _begun_at_a_moment(peers: Peers) -> Exchange:
    moment = {"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": int(MOMENT)}
    return asked(peers, "CreateEventSourceMapping", **stream_mapping(**moment))


def _in_use(peers: Peers) -> Exchange:
    return asked(peers, _UPDATE, UUID=created(peers, **queue_mapping()), BatchSize=5)


def _deleted(peers: Peers) -> Exchange:
    uuid = _at_rest(peers, **queue_mapping())
    peers.call("lambda", _DELETE, UUID=uuid)
    return asked(peers, _GET, UUID=uuid)


def _deleted_twice(peers: Peers) -> Exchange:
    uuid = _at_rest(peers, **queue_mapping())
    peers.call("lambda", _DELETE, UUID=uuid)
    return asked(peers, _DELETE, UUID=uuid)


def _changed_wrongly_when_deleted(peers: Peers) -> Exchange:
    uuid = _at_rest(peers, **queue_mapping())
    peers.call("lambda", _DELETE, UUID=uuid)
    return asked(peers, _UPDATE, UUID=uuid, FunctionName="gone")


KNOWN: tuple[Known, ...] = (
    Known(
        "what was not said of a mapping",
        _is_unsettled(_lacks_defaults),
        _raw,
        told(
            "Only what was said of a mapping is told.",
            "The other settings are told, too.",
            "Recorded: a new mapping on a stream tells each of its settings.",
            f"{RECORDED}test_lambda_integration_kinesis.snapshot.json",
        ),
    ),
    Known(
        "a change takes a while",
        _is_unsettled(_is_at_once),
        _raw,
        told(
            "A new mapping is Enabled.",
            "It is Creating for some seconds.",
            "State: It can be one of the following: Creating, Enabling, Enabled, Disabling, Disabled,"
            " Updating, or Deleting.",
            _STATES,
        ),
    ),
    Known(
        "why a mapping is in its state",
        _is_unsettled(_has_another_reason),
        _raw,
        told(
            "User initiated",
            "User action of a stream, USER_INITIATED of a queue.",
            "Recorded: StateTransitionReason is User action of a mapping on a stream (and USER_INITIATED"
            " of one on a queue, in the recording of queues).",
            f"{RECORDED}test_lambda_integration_kinesis.snapshot.json",
        ),
    ),
    Known(
        "when a mapping got into its state",
        _is_unsettled(_notes_no_transition),
        _enabled,
        told(
            "LastModified is when the mapping was made or changed.",
            "It is when it got into its state.",
            "The date that the event source mapping was last updated or that its state changed.",
            _STATES,
        ),
    ),
    Known(
        "when a mapping was deleted",
        _notes_no_deletion,
        _deletion,
        told(
            "A mapping that is Deleting was modified when it was made or changed.",
            "It was when it was deleted.",
            "The date that the event source mapping was last updated or that its state changed.",
            _STATES,
        ),
        keeps_state=True,
    ),
    Known(
        "the moment of a position",
        _forgets_the_moment,
        _begun_at_a_moment,
        told(
            "StartingPositionTimestamp is not told.",
            "It is.",
            "StartingPositionTimestamp: with StartingPosition set to AT_TIMESTAMP, the time from which"
            " to start reading.",
            _STATES,
        ),
        keeps_state=True,
    ),
    Known(
        "a mapping in the midst of a change",
        lambda exchange: _is_in_use(exchange) and len(described(exchange.theirs)) == 1,
        _in_use,
        told(
            "A mapping can be changed at any time.",
            "ResourceInUseException.",
            "ResourceInUseException: The operation conflicts with the resource's availability. For"
            " example, you tried to update an event source mapping in the CREATING state.",
            _UPDATE,
        ),
    ),
    Known(
        "a mapping that is being deleted",
        _is_gone_at_once,
        _deleted,
        told(
            "A mapping that was deleted is gone.",
            "It is Deleting for some seconds.",
            "When you delete an event source mapping, it enters a Deleting state and might not be"
            " completely deleted for several seconds.",
            _DELETE,
        ),
    ),
    Known(
        "a mapping that is deleted twice",
        lambda exchange: _is_in_use(exchange) and str(exchange.theirs) == "ok: {}",
        _deleted_twice,
        told(
            "An empty answer, since it is gone.",
            "ResourceInUseException, while it is Deleting.",
            "ResourceInUseException: The operation conflicts with the resource's availability; of a"
            " mapping that is being deleted it is not said.",
            _DELETE,
            right="either",
        ),
    ),
    Known(
        "a mistake about a mapping that is being deleted",
        lambda exchange: any(
            _is_answered_with_nothing(code, told_of)(exchange)
            for code, told_of in (
                ("InvalidParameterValueException", any_of(no_function, wrong_filter)),
                ("ValidationException", out_of_bounds),
            )
        ),
        _changed_wrongly_when_deleted,
        told(
            "An empty answer, since it is gone.",
            "The mistake is refused, while it is Deleting.",
            "InvalidParameterValueException: One of the parameters in the request is not valid. Whether"
            " that or ResourceInUseException comes first is not documented.",
            _UPDATE,
            right="either",
        ),
    ),
    Known(
        "a mapping that is not there",
        _is_answered_with_nothing("ResourceNotFoundException", lambda _: [_NOWHERE]),
        call(_UPDATE, UUID=UNKNOWN, BatchSize=1),
        told(
            "Changing or deleting it is answered with nothing, and is no error.",
            "ResourceNotFoundException.",
            "Recorded: ResourceNotFoundException, The resource you requested does not exist.",
            RECORDED_API,
        ),
    ),
)
