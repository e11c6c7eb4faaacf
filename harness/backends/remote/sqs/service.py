"""SQS of the backend: every call passes here, and what became of messages is announced."""

from collections.abc import Mapping
from typing import Any

from harness.backends.lacking import LackingError
from harness.backends.remote.operations import Operation, operations
from harness.backends.remote.sqs.queue import HIDDEN_SECONDS, RemoteQueue
from harness.backends.remote.sqs.queues import RemoteQueues
from harness.backends.remote.sqs.sending import hold, is_held, repeated, send, was_taken
from harness.kernel.instant import Instant, seconds
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.sqs.configuration import defaults
from harness.services.sqs.message import State
from harness.services.sqs.service import OPERATIONS as KNOWN

_MOVE_TASKS = ("CancelMessageMoveTask", "ListMessageMoveTasks", "StartMessageMoveTask")
_COUNTS = {
    "ApproximateNumberOfMessages": State.VISIBLE,
    "ApproximateNumberOfMessagesNotVisible": State.IN_FLIGHT,
    "ApproximateNumberOfMessagesDelayed": State.DELAYED,
}


class RemoteSQS(RemoteQueues):
    """The queues of the backend's account."""

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation that the engine knows."""
        return _OPERATIONS


# Queues


def _create_queue(sqs: RemoteQueues, parameters: Parameters, _now: Instant) -> Output:
    name = parameters["QueueName"]
    attributes: dict[str, str] = parameters.get("Attributes", {})
    answer = sqs.connection.call("CreateQueue", _without_real_delay(sqs, parameters))
    if name not in sqs.queues:
        url = answer["QueueUrl"]
        asked = {"QueueUrl": url, "AttributeNames": ["QueueArn"]}
        described = sqs.connection.call("GetQueueAttributes", asked)["Attributes"]
        sqs.queues[name] = RemoteQueue(
            name,
            described["QueueArn"],
            url,
            {**defaults(), **attributes},
            surroundings=sqs.surroundings,
            connection=sqs.connection,
            has_virtual_clock=sqs.has_virtual_clock,
            find_queue=sqs.find_by_arn,
        )
    return {"QueueUrl": sqs.url(name)}


def _without_real_delay(sqs: RemoteQueues, parameters: Parameters) -> Parameters:
    """Leave a queue's own delay out where it would pass in real time: it is kept here instead."""
    attributes = parameters.get("Attributes", {})
    if sqs.has_virtual_clock or "DelaySeconds" not in attributes:
        return parameters
    rest = {name: value for name, value in attributes.items() if name != "DelaySeconds"}
    return {**parameters, "Attributes": rest}


def _delete_queue(sqs: RemoteQueues, parameters: Parameters, _now: Instant) -> Output:
    queue = sqs.find(parameters["QueueUrl"])
    output = sqs.connection.call("DeleteQueue", {**parameters, "QueueUrl": queue.url})
    del sqs.queues[queue.name]
    return output


def _get_queue_url(sqs: RemoteQueues, parameters: Parameters, _now: Instant) -> Output:
    sqs.connection.call("GetQueueUrl", parameters)
    return {"QueueUrl": sqs.url(parameters["QueueName"])}


def _list_queues(sqs: RemoteQueues, parameters: Parameters, _now: Instant) -> Output:
    output = sqs.connection.call("ListQueues", parameters)
    if "QueueUrls" in output:
        output["QueueUrls"] = [sqs.url(url.rpartition("/")[2]) for url in output["QueueUrls"]]
    return output


def _get_queue_attributes(sqs: RemoteQueues, parameters: Parameters, now: Instant) -> Output:
    """Answer with the counts and the delay of the virtual clock."""
    queue = sqs.find(parameters["QueueUrl"])
    output = sqs.connection.call("GetQueueAttributes", {**parameters, "QueueUrl": queue.url})
    attributes = output.get("Attributes", {})
    for name in attributes.keys() & _COUNTS.keys():
        attributes[name] = str(queue.count(_COUNTS[name], now))
    if "DelaySeconds" in attributes:
        attributes["DelaySeconds"] = queue.attributes["DelaySeconds"]
    return output


def _set_queue_attributes(sqs: RemoteQueues, parameters: Parameters, _now: Instant) -> Output:
    queue = sqs.find(parameters["QueueUrl"])
    sent = _without_real_delay(sqs, parameters)
    output: Output = {}
    if sent["Attributes"]:
        output = sqs.connection.call("SetQueueAttributes", {**sent, "QueueUrl": queue.url})
    queue.change_attributes(parameters["Attributes"])
    return output


def _purge_queue(sqs: RemoteQueues, parameters: Parameters, _now: Instant) -> Output:
    queue = sqs.find(parameters["QueueUrl"])
    output = sqs.connection.call("PurgeQueue", {"QueueUrl": queue.url})
    queue.purge()
    return output


def _of_queue(name: str) -> Operation:
    """Return the operation that passes *name* on with the backend's own URL."""

    def pass_on(sqs: RemoteQueues, parameters: Parameters, _now: Instant) -> Output:
        if "QueueUrl" in parameters:
            parameters = {**parameters, "QueueUrl": sqs.find(parameters["QueueUrl"]).url}
        return sqs.connection.call(name, parameters)

    return pass_on


def _unseen(name: str) -> Operation:
    """Return the refusal of what would move messages without anybody seeing which."""

    def refuse(sqs: RemoteQueues, _parameters: Parameters, _now: Instant) -> Output:
        raise LackingError(sqs.connection.backend, f"sqs.{name}: nobody sees which messages move")

    return refuse


# Messages


def _send_message(sqs: RemoteQueues, parameters: Parameters, now: Instant) -> Output:
    queue = sqs.find(parameters["QueueUrl"])
    earlier = repeated(queue, parameters, now)
    if earlier is not None:
        return dict(earlier)
    if is_held(queue, parameters):
        return hold(queue, parameters, now)
    return send(queue, sqs.connection, parameters, now)


def _send_message_batch(sqs: RemoteQueues, parameters: Parameters, now: Instant) -> Output:
    queue = sqs.find(parameters["QueueUrl"])
    answered: list[Output] = []
    sent: dict[str, Any] = {}
    for entry in parameters["Entries"]:
        earlier = repeated(queue, entry, now)
        if earlier is None and is_held(queue, entry):
            earlier = hold(queue, entry, now)
        if earlier is None:
            sent[entry["Id"]] = entry
        else:
            answered.append({"Id": entry["Id"], **earlier})
    if not sent and answered:
        return {"Successful": answered}
    entries = list(sent.values()) if answered else parameters["Entries"]
    output = sqs.connection.call(
        "SendMessageBatch",
        {"QueueUrl": queue.url, "Entries": [_undelayed(queue, each) for each in entries]},
    )
    for answer in output.get("Successful", ()):
        taken = {name: value for name, value in answer.items() if name != "Id"}
        was_taken(queue, sent[answer["Id"]], taken, now)
    if answered:
        output["Successful"] = [*answered, *output.get("Successful", ())]
    return _without_empty(output)


def _undelayed(queue: RemoteQueue, entry: Parameters) -> Parameters:
    if queue.has_virtual_clock:
        return entry
    return {name: value for name, value in entry.items() if name != "DelaySeconds"}


def _receive_message(sqs: RemoteQueues, parameters: Parameters, now: Instant) -> Output:
    """Receive at once: waiting is the gateway's business, in virtual time."""
    queue = sqs.find(parameters["QueueUrl"])
    timeout = parameters.get("VisibilityTimeout")
    asked = {**parameters, "WaitTimeSeconds": 0}
    del asked["QueueUrl"]
    received = queue.receive_with(asked, now, None if timeout is None else seconds(timeout))
    for message, told in received:
        attributes = told.get("Attributes", {})
        truth = message.system_attributes()
        attributes.update({name: truth[name] for name in attributes.keys() & truth.keys()})
    return {"Messages": [told for _, told in received]} if received else {}


def _delete_message(sqs: RemoteQueues, parameters: Parameters, now: Instant) -> Output:
    sqs.find(parameters["QueueUrl"]).delete(parameters["ReceiptHandle"], now)
    return {}


def _delete_message_batch(sqs: RemoteQueues, parameters: Parameters, now: Instant) -> Output:
    queue = sqs.find(parameters["QueueUrl"])
    queue.advance(now)
    output = sqs.connection.call("DeleteMessageBatch", {**parameters, "QueueUrl": queue.url})
    handles = {entry["Id"]: entry["ReceiptHandle"] for entry in parameters["Entries"]}
    for answer in output.get("Successful", ()):
        queue.was_deleted(handles[answer["Id"]])
    return _without_empty(output)


def _change_message_visibility(sqs: RemoteQueues, parameters: Parameters, now: Instant) -> Output:
    queue = sqs.find(parameters["QueueUrl"])
    if queue.leaves_visible(parameters["ReceiptHandle"], now):
        return {}
    output = sqs.connection.call(
        "ChangeMessageVisibility", {**_hiding_long(queue, parameters), "QueueUrl": queue.url}
    )
    timeout = seconds(parameters["VisibilityTimeout"])
    queue.was_hidden(parameters["ReceiptHandle"], timeout, now)
    return output


def _change_message_visibility_batch(
    sqs: RemoteQueues, parameters: Parameters, now: Instant
) -> Output:
    queue = sqs.find(parameters["QueueUrl"])
    default = queue.visibility_timeout // 1_000_000
    entries: dict[str, Any] = {}
    visible: list[Output] = []
    failed: list[Output] = []
    for entry in parameters["Entries"]:
        try:
            if queue.leaves_visible(entry["ReceiptHandle"], now):
                visible.append({"Id": entry["Id"]})
            else:
                entries[entry["Id"]] = {"VisibilityTimeout": default, **entry}
        except ServiceError as error:
            told = {"SenderFault": True, "Code": error.code, "Message": error.message}
            failed.append({"Id": entry["Id"], **told})
    if (visible or failed) and not entries:
        return _without_empty({"Successful": visible, "Failed": failed})
    output = sqs.connection.call(
        "ChangeMessageVisibilityBatch",
        {
            "QueueUrl": queue.url,
            "Entries": [_hiding_long(queue, entry) for entry in entries.values()],
        },
    )
    for answer in output.get("Successful", ()):
        entry = entries[answer["Id"]]
        queue.was_hidden(entry["ReceiptHandle"], seconds(entry["VisibilityTimeout"]), now)
    for name, more in (("Successful", visible), ("Failed", failed)):
        output[name] = [*output.get(name, ()), *more]
    return _without_empty(output)


def _hiding_long(queue: RemoteQueue, parameters: Parameters) -> Parameters:
    """Let a backend with a clock of its own hide a message until we show it again."""
    timeout = parameters["VisibilityTimeout"]
    if queue.has_virtual_clock or not 0 < timeout < HIDDEN_SECONDS:
        return parameters
    return {**parameters, "VisibilityTimeout": HIDDEN_SECONDS}


def _without_empty(output: Output) -> Output:
    """Leave empty lists out, as AWS does."""
    return {name: results for name, results in output.items() if results}


_OPERATIONS = operations(
    (),
    {
        **{name: _of_queue(name) for name in KNOWN},
        **{name: _unseen(name) for name in _MOVE_TASKS},
        "ChangeMessageVisibility": _change_message_visibility,
        "ChangeMessageVisibilityBatch": _change_message_visibility_batch,
        "CreateQueue": _create_queue,
        "DeleteMessage": _delete_message,
        "DeleteMessageBatch": _delete_message_batch,
        "DeleteQueue": _delete_queue,
        "GetQueueAttributes": _get_queue_attributes,
        "GetQueueUrl": _get_queue_url,
        "ListQueues": _list_queues,
        "PurgeQueue": _purge_queue,
        "ReceiveMessage": _receive_message,
        "SendMessage": _send_message,
        "SendMessageBatch": _send_message_batch,
        "SetQueueAttributes": _set_queue_attributes,
    },
)
