"""Where moto's batches differ: the list as a whole, and entry by entry."""

from collections.abc import Callable
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import (
    RECORDED,
    REFERENCE,
    URL,
    queue,
    refuses,
)
from harness.tests.differential.sqsknown.messages import TRACE
from harness.tests.differential.sqsknown.receiving import deleted_after_it_moved, hidden_too_late

_HANDLE = "The input receipt handle is invalid."
_OK = ("ok", "")
_PREFIX = "AWS.SimpleQueueService."

_Outcome = tuple[str, str]
"""The code and the message of an entry."""

_Reason = Callable[[_Outcome, _Outcome], bool]


def _names_no_handle(ours: _Outcome, theirs: _Outcome) -> bool:
    return ours[0] == "ReceiptHandleIsInvalid" and theirs == (ours[0], _HANDLE)


def _names_no_bound(ours: _Outcome, theirs: _Outcome) -> bool:
    told = "for parameter VisibilityTimeout is invalid."
    return told in ours[1] and theirs == (ours[0], "Visibility timeout invalid")


def _hides_what_is_visible(ours: _Outcome, theirs: _Outcome) -> bool:
    return (ours[0], theirs) == (f"{_PREFIX}MessageNotInflight", _OK)


def _refuses_what_has_moved(ours: _Outcome, theirs: _Outcome) -> bool:
    return (ours, theirs[0]) == (_OK, "ReceiptHandleIsInvalid")


def _sends_anything(ours: _Outcome, theirs: _Outcome) -> bool:
    codes = {"MissingParameter", "InvalidMessageContents", "InvalidParameterValue"}
    return ours[0] in codes and theirs == _OK


_REASONS: dict[str, tuple[_Reason, ...]] = {
    "SendMessageBatch": (_sends_anything,),
    "DeleteMessageBatch": (_names_no_handle, _refuses_what_has_moved),
    "ChangeMessageVisibilityBatch": (_names_no_handle, _names_no_bound, _hides_what_is_visible),
}


def _outcomes(output: dict[str, Any]) -> dict[str, _Outcome]:
    failed = {each["Id"]: (each["Code"], each["Message"]) for each in output.get("Failed", [])}
    return failed | {each["Id"]: _OK for each in output.get("Successful", [])}


def _ends_otherwise(reason: _Reason) -> Callable[[Exchange], bool]:
    """Return whether *reason* is one why entries end otherwise, and all that do have a reason."""

    def explains(exchange: Exchange) -> bool:
        reasons = _REASONS.get(exchange.operation, ())
        if reason not in reasons or not (exchange.ours.is_ok and exchange.theirs.is_ok):
            return False
        ours, theirs = (_outcomes(side.output) for side in (exchange.ours, exchange.theirs))
        both = [(ours[name], theirs[name]) for name in ours if ours[name] != theirs.get(name)]
        return (
            ours.keys() == theirs.keys()
            and any(reason(*each) for each in both)
            and all(any(each(*pair) for each in reasons) for pair in both)
        )

    return explains


def _lacks_digests(exchange: Exchange) -> bool:
    """Whether all that differs is that their answers have no digests of system attributes."""
    if exchange.operation != "SendMessageBatch":
        return False
    ours, theirs = (
        [
            {name: value for name, value in each.items() if name not in {"MessageId", _DIGEST}}
            for each in side.output.get("Successful", [])
        ]
        for side in (exchange.ours, exchange.theirs)
    )
    return ours == theirs and _DIGEST in repr(exchange.ours.output)


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
            aws="ReceiptHandleIsInvalid names the handle.",
            source=RECORDED,
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
        "a batch hides messages that are not in flight",
        _ends_otherwise(_hides_what_is_visible),
        _batched(hidden_too_late, "ChangeMessageVisibilityBatch"),
        divergence(
            service="sqs",
            theirs="The visibility of a message that is not in flight can be changed in a batch.",
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
        lambda exchange: (
            exchange.operation == "SendMessageBatch"
            and exchange.ours.is_ok
            and "Failed" in exchange.ours.output
            and "has an invalid message attribute type" in exchange.theirs.message
        ),
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
    Known(
        "what a batch of handles must be",
        lambda exchange: (
            exchange.operation in {"DeleteMessageBatch", "ChangeMessageVisibilityBatch"}
            and refuses(exchange.ours.code, "")(exchange)
            and exchange.ours.code.removeprefix(_PREFIX)
            in {
                "EmptyBatchRequest",
                "TooManyEntriesInBatchRequest",
                "InvalidBatchEntryId",
                "BatchEntryIdsNotDistinct",
            }
            and exchange.theirs.code in {"ok", f"{_PREFIX}BatchEntryIdsNotDistinct"}
        ),
        queue("q", "DeleteMessageBatch", Entries=[{"Id": "a b", "ReceiptHandle": "nonsense"}]),
        divergence(
            service="sqs",
            theirs="Handles may come in a batch that is empty, too long, or whose ids are not"
            " distinct or no ids.",
            ours="The batch is refused, as one of messages is.",
            aws="BatchEntryIdsNotDistinct, EmptyBatchRequest, InvalidBatchEntryId and"
            " TooManyEntriesInBatchRequest are errors of the batches of handles, too.",
            source=f"{REFERENCE}API_ChangeMessageVisibilityBatch.html",
            right="ours",
        ),
    ),
    Known(
        "a batch for a queue that is not there",
        lambda exchange: (
            exchange.operation.endswith("Batch")
            and exchange.ours.message == "The specified queue does not exist."
            and exchange.theirs.is_ok
        ),
        lambda peers: peers.call(
            "sqs", "ChangeMessageVisibilityBatch", QueueUrl=URL + "gone", Entries=[]
        ),
        divergence(
            service="sqs",
            theirs="An empty batch for a queue that is not there succeeds.",
            ours="It is refused.",
            aws="QueueDoesNotExist: the specified queue doesn't exist.",
            source=f"{REFERENCE}API_ChangeMessageVisibilityBatch.html",
            right="ours",
        ),
    ),
    Known(
        "one handle twice in a batch",
        lambda exchange: (
            exchange.operation == "DeleteMessageBatch"
            and exchange.ours.is_ok
            and exchange.theirs.code == f"{_PREFIX}BatchEntryIdsNotDistinct"
        ),
        queue(
            "q",
            "DeleteMessageBatch",
            Entries=[{"Id": name, "ReceiptHandle": "nonsense"} for name in ("a", "b")],
        ),
        divergence(
            service="sqs",
            theirs="Two entries with one receipt handle have ids that are not distinct.",
            ours="Ids are compared, and handles are not.",
            aws="BatchEntryIdsNotDistinct: two or more batch entries in the request have the same Id.",
            source=f"{REFERENCE}API_DeleteMessageBatch.html",
            right="ours",
        ),
    ),
)
