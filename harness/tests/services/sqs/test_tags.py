"""Tags of queues."""

import pytest

from harness.services.sqs.service import SQS
from harness.tests.services.calling import Caller

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/orders"
RECORDED = (
    "https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/"
    "test_sqs.snapshot.json"
)
GUIDE = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html"


def a_queue(**tags: str) -> Caller[SQS]:
    call = Caller(SQS)
    call("CreateQueue", QueueName="orders", tags=tags)
    return call


@pytest.mark.aws(
    "A new tag with a key identical to that of an existing tag overwrites the existing tag.",
    source=GUIDE,
    service="sqs",
)
@pytest.mark.aws(
    "Taking away a tag that is not there is no error.",
    source=RECORDED.replace(".snapshot.json", ".py"),
    service="sqs",
)
@pytest.mark.aws(
    "When the last tag is taken away ListQueueTags answers no Tags at all.",
    source=RECORDED,
    service="sqs",
)
def test_tags_are_added_replaced_and_taken_away() -> None:
    """There is no map at all when there are none."""
    call = a_queue(a="1")
    call("TagQueue", QueueUrl=URL, Tags={"a": "2", "b": ""})
    assert call("ListQueueTags", QueueUrl=URL) == {"Tags": {"a": "2", "b": ""}}

    call("UntagQueue", QueueUrl=URL, TagKeys=["a", "b", "c"])

    assert call("ListQueueTags", QueueUrl=URL) == {}


def test_a_queue_has_up_to_fifty_tags() -> None:
    """When there would be more, none is added.

    So moto has it; AWS says that more than 50 tags are not recommended.
    """
    call = a_queue(old="1")
    call("TagQueue", QueueUrl=URL, Tags={f"k{number}": "" for number in range(49)})

    assert call.refusal("TagQueue", QueueUrl=URL, Tags={"one more": ""}).message == (
        "Too many tags added for queue orders."
    )
    assert len(call("ListQueueTags", QueueUrl=URL)["Tags"]) == 50
    assert call.refusal("TagQueue", QueueUrl=URL, Tags={}).code == "MissingParameter"
    assert call.refusal("UntagQueue", QueueUrl=URL, TagKeys=[]).code == "InvalidParameterValue"
