"""SQS and moto, side by side."""

import pytest

from harness.tests.differential.known import MOTO
from harness.tests.differential.machine import paired, thorough
from harness.tests.differential.peers import Answer, Exchange, Peers, peers
from harness.tests.differential.sqsknown.asking import GUIDE, REFERENCE, asked
from harness.tests.differential.sqsmachine import QueuesMachine
from harness.tests.differential.sqssettingsmachine import SettingsMachine

TestQueues = QueuesMachine.TestCase
TestQueues.settings = thorough(examples=25)

TestSettings = SettingsMachine.TestCase
TestSettings.settings = thorough(examples=25)


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="Of a redrive policy that is refused the queue keeps a part.",
    ours="A refused call changes nothing.",
    aws="InvalidAttributeValue: a queue attribute value is invalid.",
    source=f"{REFERENCE}API_SetQueueAttributes.html",
    right="ours",
)
def test_a_refused_policy_is_kept_by_moto() -> None:
    """The refusals differ in words alone; what they leave is not the same."""
    given = {"RedrivePolicy": '{"maxReceiveCount": 1}'}
    with peers() as both:
        refused = asked(both, "q", "SetQueueAttributes", Attributes=given)
        told = asked(both, "q", "GetQueueAttributes", AttributeNames=["RedrivePolicy"])

    assert refused.ours.code == refused.theirs.code == "InvalidParameterValue"
    assert told.ours.output == {}
    assert "RedrivePolicy" in told.theirs.output["Attributes"]


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="CreateQueue with other tags for a queue that is there takes its tags away.",
    ours="The queue's address is the answer, and nothing else changes.",
    aws="If you specify the name of an existing queue and the exact same values for all its"
    " attributes, CreateQueue will return the URL of the existing queue.",
    source=f"{REFERENCE}API_CreateQueue.html",
    right="ours",
)
def test_moto_tags_a_queue_that_is_there_anew() -> None:
    """The answers are the same; what they leave is not."""
    with peers() as both:
        both.call("sqs", "CreateQueue", QueueName="q", tags={"a": "1"})
        found = both.call("sqs", "CreateQueue", QueueName="q", tags={"b": "2"})
        told = asked(both, "q", "ListQueueTags")

    assert found.ours == found.theirs
    assert told.ours.output == {"Tags": {"a": "1"}}
    assert told.theirs.output == {"Tags": {"b": "2"}}


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="Only messages that are in the queue still are told from repeats.",
    ours="A message is remembered for five minutes, deleted or not.",
    aws="Amazon SQS continues to keep track of the message deduplication ID even after the message is"
    " received and deleted.",
    source=f"{GUIDE}using-messagededuplicationid-property.html",
    right="ours",
)
def test_moto_delivers_a_repeat_of_a_deleted_message() -> None:
    """Both accept it."""
    message = {"MessageBody": "x", "MessageGroupId": "g", "MessageDeduplicationId": "d"}
    with peers() as both:
        asked(both, "q.fifo", "SendMessage", **message)
        handle = paired(asked(both, "q.fifo", "ReceiveMessage"), "Messages", 0, "ReceiptHandle")
        asked(both, "q.fifo", "DeleteMessage", ReceiptHandle=handle)
        asked(both, "q.fifo", "SendMessage", **message)
        again = asked(both, "q.fifo", "ReceiveMessage")

    assert "Messages" not in again.ours.output
    assert len(again.theirs.output["Messages"]) == 1


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="A deduplication id is one of the queue, whatever its scope says.",
    ours="With the scope messageGroup each group has ids of its own.",
    aws="DeduplicationScope: specifies whether message deduplication occurs at the message group or"
    " queue level.",
    source=f"{REFERENCE}API_SetQueueAttributes.html",
    right="ours",
)
def test_moto_takes_another_groups_message_for_a_repeat() -> None:
    """Both accept it."""
    scope = {"DeduplicationScope": "messageGroup"}
    message = {"MessageBody": "x", "MessageDeduplicationId": "d"}
    with peers() as both:
        asked(both, "q.fifo", "SetQueueAttributes", Attributes=scope)
        for group in "gh":
            asked(both, "q.fifo", "SendMessage", MessageGroupId=group, **message)
        found = asked(both, "q.fifo", "ReceiveMessage", MaxNumberOfMessages=10)

    assert len(found.ours.output["Messages"]) == 2
    assert len(found.theirs.output["Messages"]) == 1


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="Messages that are older than the retention period are counted, and hide others.",
    ours="They are gone.",
    aws="Amazon SQS automatically deletes messages that have been in a queue for more than maximum"
    " message retention period.",
    source=f"{GUIDE}sqs-basic-architecture.html",
    right="ours",
)
def test_moto_keeps_messages_beyond_their_retention() -> None:
    """The young message behind the old one is not received, either."""
    with peers() as both:
        asked(both, "q", "SetQueueAttributes", Attributes={"MessageRetentionPeriod": "60"})
        asked(both, "q", "SendMessage", MessageBody="old")
        both.wait(61)
        asked(both, "q", "SendMessage", MessageBody="young")
        names = ["ApproximateNumberOfMessages"]
        told = asked(both, "q", "GetQueueAttributes", AttributeNames=names)
        found = asked(both, "q", "ReceiveMessage", MaxNumberOfMessages=10)

    assert told.ours.output["Attributes"] == {"ApproximateNumberOfMessages": "1"}
    assert told.theirs.output["Attributes"] == {"ApproximateNumberOfMessages": "2"}
    assert [each["Body"] for each in found.ours.output["Messages"]] == ["young"]
    assert "Messages" not in found.theirs.output


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="A message that is refused for an attribute's name is in the queue.",
    ours="It is not.",
    aws="The message attribute name can contain A-Z, a-z, 0-9, underscore, hyphen and period.",
    source=f"{GUIDE}sqs-message-metadata.html",
    right="ours",
)
def test_moto_keeps_a_message_that_it_refuses() -> None:
    """The refusals are the same; what they leave is not."""
    named = {"a b": {"DataType": "String", "StringValue": "x"}}
    names = ["ApproximateNumberOfMessages"]
    with peers() as both:
        refused = asked(both, "q", "SendMessage", MessageBody="x", MessageAttributes=named)
        told = asked(both, "q", "GetQueueAttributes", AttributeNames=names)

    assert refused.ours == refused.theirs
    assert refused.ours.code == "InvalidParameterValue"
    assert told.ours.output["Attributes"] == {"ApproximateNumberOfMessages": "0"}
    assert told.theirs.output["Attributes"] == {"ApproximateNumberOfMessages": "1"}


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="A message that is visible again can be hidden by its handle.",
    ours="The call succeeds and does nothing.",
    aws="On an already expired handle AWS simply sends back an OK and does nothing.",
    source="https://github.com/localstack/localstack/pull/9632",
    right="ours",
)
def test_moto_hides_a_message_that_is_visible_again() -> None:
    """The answers are the same."""
    with peers() as both:
        asked(both, "q", "SendMessage", MessageBody="x")
        handle = paired(asked(both, "q", "ReceiveMessage"), "Messages", 0, "ReceiptHandle")
        both.wait(31)
        hide = {"ReceiptHandle": handle, "VisibilityTimeout": 10}
        hidden = asked(both, "q", "ChangeMessageVisibility", **hide)
        found = asked(both, "q", "ReceiveMessage")

    assert hidden.ours.is_ok
    assert hidden.theirs.is_ok
    assert len(found.ours.output["Messages"]) == 1
    assert "Messages" not in found.theirs.output


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="A new delay of a FIFO queue holds for messages to come.",
    ours="It reaches back to those that are delayed still.",
    aws="For FIFO queues, the per-queue delay setting is retroactive: changing the setting affects the"
    " delay of messages already in the queue.",
    source=f"{GUIDE}sqs-delay-queues.html",
    right="ours",
)
def test_moto_does_not_delay_what_a_fifo_queue_has_anew() -> None:
    """The message was to come after ten seconds, and comes after two."""
    with peers() as both:
        asked(both, "q.fifo", "SetQueueAttributes", Attributes={"DelaySeconds": "10"})
        asked(both, "q.fifo", "SendMessage", MessageBody="x", MessageGroupId="g")
        asked(both, "q.fifo", "SetQueueAttributes", Attributes={"DelaySeconds": "2"})
        both.wait(3)
        found = asked(both, "q.fifo", "ReceiveMessage")

    assert len(found.ours.output["Messages"]) == 1
    assert "Messages" not in found.theirs.output


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="Of messages of a group that were received together and are visible again, the last is"
    " given out first.",
    ours="They are given out in the order in which they were sent.",
    aws="Messages of a group are delivered in the order in which they were sent.",
    source=f"{GUIDE}FIFO-queues-understanding-logic.html",
    right="ours",
)
def test_moto_gives_out_the_last_first() -> None:
    """Both were received together, and their timeouts have ended."""
    with peers() as both:
        _receive_together(both, "a", "b")
        both.wait(31)
        found = asked(both, "q.fifo", "ReceiveMessage", MaxNumberOfMessages=10)

    assert _bodies(found.ours) == ["a", "b"]
    assert _bodies(found.theirs) == ["b"]


@pytest.mark.divergence(
    peer=MOTO,
    service="sqs",
    theirs="A message in flight hides those of its group that come before it, too.",
    ours="It hides those that come after it.",
    aws="A message whose visibility timeout was extended hides those of its group that come after it,"
    " and none that come before it.",
    source="https://github.com/localstack/localstack/pull/13386",
    right="ours",
)
def test_moto_gives_out_none_before_one_in_flight() -> None:
    """The timeout of the first has ended, and that of the second was extended."""
    with peers() as both:
        received = _receive_together(both, "a", "b")
        handle = paired(received, "Messages", 1, "ReceiptHandle")
        longer = {"ReceiptHandle": handle, "VisibilityTimeout": 100}
        asked(both, "q.fifo", "ChangeMessageVisibility", **longer)
        both.wait(31)
        found = asked(both, "q.fifo", "ReceiveMessage", MaxNumberOfMessages=10)

    assert _bodies(found.ours) == ["a"]
    assert _bodies(found.theirs) == []


def _receive_together(both: Peers, *bodies: str) -> Exchange:
    for body in bodies:
        message = {"MessageBody": body, "MessageGroupId": "g", "MessageDeduplicationId": body}
        asked(both, "q.fifo", "SendMessage", **message)
    return asked(both, "q.fifo", "ReceiveMessage", MaxNumberOfMessages=10)


def _bodies(answer: Answer) -> list[str]:
    return [each["Body"] for each in answer.output.get("Messages", [])]
