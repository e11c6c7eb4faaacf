"""Where the entries of moto's batches end otherwise."""

from collections.abc import Callable
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Pair, Peers, resolved
from harness.tests.differential.sqsknown.asking import (
    OK,
    REFERENCE,
    VERIFIED,
    Outcome,
    Parameters,
    invalid,
    is_fifo,
    outcome,
    queue,
)
from harness.tests.differential.sqsknown.messages import TRACE, no_type_told
from harness.tests.differential.sqsknown.mistakes import OVERLOOKED
from harness.tests.differential.sqsknown.receiving import (
    deleted_after_it_moved,
    hidden_too_late,
    no_handle,
    not_in_flight,
)

_SECONDS_MAX = 43_200

_Reason = Callable[[Parameters, Outcome, Outcome], bool]
"""Whether an entry, with its queue, ends as our side and as theirs has it."""


def _names_no_handle(entry: Parameters, ours: Outcome, theirs: Outcome) -> bool:
    told = ("ReceiptHandleIsInvalid", "The input receipt handle is invalid.")
    return (ours, theirs) == (no_handle(entry), told)


def _names_no_bound(entry: Parameters, ours: Outcome, theirs: Outcome) -> bool:
    timeout = entry["VisibilityTimeout"]
    reason = f"Must be between 0 and {_SECONDS_MAX}, if provided."
    return (
        timeout > _SECONDS_MAX
        and ours == invalid(timeout, "VisibilityTimeout", reason)
        and theirs == ("InvalidParameterValue", "Visibility timeout invalid")
    )


def _hides_what_is_visible(entry: Parameters, ours: Outcome, theirs: Outcome) -> bool:
    return is_fifo(entry) and (ours, theirs) == (not_in_flight(entry), OK)


def _refuses_what_has_moved(entry: Parameters, ours: Outcome, theirs: Outcome) -> bool:
    handle = entry["ReceiptHandle"]
    told = no_handle({"ReceiptHandle": resolved(handle, "theirs")})
    return isinstance(handle, Pair) and (ours, theirs) == (OK, told)


def _sends_anything(entry: Parameters, ours: Outcome, theirs: Outcome) -> bool:
    return theirs == OK and any(ours in mistake(entry) for mistake in OVERLOOKED)


_REASONS: dict[str, tuple[_Reason, ...]] = {
    "SendMessageBatch": (_sends_anything,),
    "DeleteMessageBatch": (_names_no_handle, _refuses_what_has_moved),
    "ChangeMessageVisibilityBatch": (_names_no_handle, _names_no_bound, _hides_what_is_visible),
}


def outcomes(output: dict[str, Any]) -> dict[str, Outcome]:
    """Return how the entries of a batch ended, by their ids."""
    failed = {each["Id"]: (each["Code"], each["Message"]) for each in output.get("Failed", [])}
    return failed | {each["Id"]: OK for each in output.get("Successful", [])}


def entries_of(batch: Parameters) -> dict[str, Parameters]:
    """Return the entries by their ids, each with its queue."""
    return {each["Id"]: {"QueueUrl": batch["QueueUrl"], **each} for each in batch["Entries"]}


def _ends_otherwise(reason: _Reason) -> Callable[[Exchange], bool]:
    """Return whether *reason* is one why entries end otherwise, and all that do have a reason."""

    def explains(exchange: Exchange) -> bool:
        reasons = _REASONS.get(exchange.operation, ())
        if reason not in reasons or not (exchange.ours.is_ok and exchange.theirs.is_ok):
            return False
        ours, theirs = (outcomes(side.output) for side in (exchange.ours, exchange.theirs))
        entries = entries_of(exchange.parameters)
        differing = [
            (entry, ours[name], theirs[name])
            for name, entry in entries.items()
            if ours.get(name) != theirs.get(name)
        ]
        return (
            ours.keys() == theirs.keys() == entries.keys()
            and any(reason(*each) for each in differing)
            and all(any(each(*told) for each in reasons) for told in differing)
        )

    return explains


def _refuses_all_for_one(exchange: Exchange) -> bool:
    """Whether theirs refuses all messages for one of no type, and ours refuses the wrong ones."""
    if exchange.operation != "SendMessageBatch" or not exchange.ours.is_ok:
        return False
    entries = entries_of(exchange.parameters)
    told = {refusal for entry in entries.values() for refusal in no_type_told(entry)}
    ours = outcomes(exchange.ours.output)
    return (
        outcome(exchange.theirs) in told
        and ours.keys() == entries.keys()
        and all(
            any(ours[name] in mistake(entry) for mistake in OVERLOOKED)
            for name, entry in entries.items()
            if ours[name] != OK or any(no_type_told(entry))
        )
    )


def _lacks_digests(exchange: Exchange) -> bool:
    """Whether all that differs is that their answers have no digests of system attributes."""
    if exchange.operation != "SendMessageBatch":
        return False
    ours, theirs = (
        {
            each["Id"]: {k: v for k, v in each.items() if k not in {"MessageId", _DIGEST}}
            for each in side.output.get("Successful", [])
        }
        for side in (exchange.ours, exchange.theirs)
    )
    with_digest = {
        each["Id"] for each in exchange.ours.output.get("Successful", []) if _DIGEST in each
    }
    with_trace = {
        each["Id"] for each in exchange.parameters["Entries"] if "MessageSystemAttributes" in each
    }
    return (
        ours == theirs
        and bool(with_digest)
        and with_digest == with_trace & ours.keys()
        and (exchange.ours.output.get("Failed") or [])
        == (exchange.theirs.output.get("Failed") or [])
        and _DIGEST not in repr(exchange.theirs.output)
    )


_DIGEST = "MD5OfMessageSystemAttributes"


def _hidden(**entry: Any) -> Callable[[Peers], Exchange]:
    return queue("q", "ChangeMessageVisibilityBatch", Entries=[{"Id": "a"} | entry])  # type: ignore[no-any-return]


def _batched(single: Callable[[Peers], Exchange], operation: str) -> Callable[[Peers], Exchange]:
    """Return what makes the call of *single* again, in a batch of one."""

    def shown(peers: Peers) -> Exchange:
        made = single(peers).parameters
        entry = {"Id": "a"} | {name: made[name] for name in made if name != "QueueUrl"}
        return peers.call("sqs", operation, QueueUrl=made["QueueUrl"], Entries=[entry])

    return shown


KNOWN: tuple[Known, ...] = (
    Known(
        "a batch names a receipt handle that is none",
        _ends_otherwise(_names_no_handle),
        _hidden(ReceiptHandle="nonsense", VisibilityTimeout=1),
        divergence(
            service="sqs",
            theirs="The input receipt handle is invalid.",
            ours='The input receipt handle "nonsense" is not a valid receipt handle.',
            aws='The input receipt handle "garbage" is not a valid receipt handle.',
            source=VERIFIED,
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a batch names a visibility timeout that is none",
        _ends_otherwise(_names_no_bound),
        _hidden(ReceiptHandle="nonsense", VisibilityTimeout=43_201),
        divergence(
            service="sqs",
            theirs="Visibility timeout invalid",
            ours="The text names the value, the parameter and its bounds.",
            aws="A visibility timeout is from 0 to 43,200 seconds; the text is not documented.",
            source=f"{REFERENCE}API_ChangeMessageVisibilityBatch.html",
            right="either",
        ),
        keeps_state=True,
    ),
    Known(
        "a batch hides messages of a FIFO queue that are not in flight",
        _ends_otherwise(_hides_what_is_visible),
        _batched(hidden_too_late, "ChangeMessageVisibilityBatch"),
        divergence(
            service="sqs",
            theirs="The visibility of a FIFO queue's message that is not in flight can be changed in a"
            " batch.",
            ours="That entry fails with MessageNotInflight.",
            aws="MessageNotInflight: the specified message isn't in flight.",
            source=f"{REFERENCE}API_ChangeMessageVisibility.html",
            right="ours",
        ),
    ),
    Known(
        "a batch deletes a message that has moved on",
        _ends_otherwise(_refuses_what_has_moved),
        _batched(deleted_after_it_moved, "DeleteMessageBatch"),
        divergence(
            service="sqs",
            theirs="The receipt handle of a message that has moved to the dead-letter queue is"
            " refused in a batch.",
            ours="Deleting by it succeeds and changes nothing.",
            aws="What becomes of a handle whose message has moved is not documented.",
            source=f"{REFERENCE}API_DeleteMessageBatch.html",
            right="either",
        ),
        keeps_state=True,
    ),
    Known(
        "the messages of a batch are checked",
        _ends_otherwise(_sends_anything),
        queue("q", "SendMessageBatch", Entries=[{"Id": "a", "MessageBody": ""}]),
        divergence(
            service="sqs",
            theirs="A batch sends messages that cannot be sent alone.",
            ours="Each is checked as it would be alone, and those that are wrong fail.",
            aws="The result of sending each message is reported individually in the response.",
            source=f"{REFERENCE}API_SendMessageBatch.html",
            right="ours",
        ),
    ),
    Known(
        "one wrong message does not refuse a batch",
        _refuses_all_for_one,
        queue(
            "q",
            "SendMessageBatch",
            Entries=[
                {
                    "Id": "a",
                    "MessageBody": "x",
                    "MessageAttributes": {"a": {"DataType": "Text", "StringValue": "x"}},
                }
            ],
        ),
        divergence(
            service="sqs",
            theirs="A message attribute of no type refuses the whole batch.",
            ours="It fails its message.",
            aws="The result of sending each message is reported individually in the response.",
            source=f"{REFERENCE}API_SendMessageBatch.html",
            right="ours",
        ),
    ),
    Known(
        "system attributes in a batch",
        _lacks_digests,
        queue(
            "q",
            "SendMessageBatch",
            Entries=[{"Id": "a", "MessageBody": "x", "MessageSystemAttributes": TRACE}],
        ),
        divergence(
            service="sqs",
            theirs="Messages that are sent in a batch have no system attributes.",
            ours="They have, and the answer has their digest.",
            aws="SendMessageBatchRequestEntry has MessageSystemAttributes, and"
            " SendMessageBatchResultEntry their MD5.",
            source=f"{REFERENCE}API_SendMessageBatchResultEntry.html",
            right="ours",
        ),
    ),
)
