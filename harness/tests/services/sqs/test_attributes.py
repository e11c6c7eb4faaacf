"""A queue's attributes: what they may be, and what one does to another."""

import json

import pytest

from harness.services.sqs.service import SQS
from harness.tests.services.calling import Caller

BASE = "https://sqs.us-east-1.amazonaws.com/123456789012/"
URL = BASE + "orders"
ARN = "arn:aws:sqs:us-east-1:123456789012:"
API = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"
    "API_SetQueueAttributes.html"
)
RECORDED = (
    "https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/"
    "test_sqs.snapshot.json"
)


def a_queue(**attributes: str) -> Caller[SQS]:
    call = Caller(SQS)
    call("CreateQueue", QueueName="orders", Attributes=attributes)
    return call


def shown(call: Caller[SQS], *names: str) -> dict[str, str]:
    output = call("GetQueueAttributes", QueueUrl=URL, AttributeNames=list(names))
    attributes: dict[str, str] = output.get("Attributes", {})
    return attributes


@pytest.mark.aws(
    "Only one server-side encryption option is supported per queue: SSE-KMS or SSE-SQS.",
    source=API,
    service="sqs",
)
@pytest.mark.aws(
    "Setting a KMS key and SQS's own encryption at once is refused: You can use one type of "
    "server-side encryption (SSE) at one time.",
    source=RECORDED,
    service="sqs",
)
@pytest.mark.aws(
    "Setting KmsMasterKeyId makes SqsManagedSseEnabled false.",
    source="https://github.com/localstack/localstack/issues/13539",
    service="sqs",
)
def test_one_kind_of_encryption_ends_the_other() -> None:
    """Whichever came first."""
    names = ("KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled")
    call = a_queue(KmsMasterKeyId="key", KmsDataKeyReusePeriodSeconds="6000")
    assert shown(call, *names) == {
        "KmsMasterKeyId": "key",
        "KmsDataKeyReusePeriodSeconds": "6000",
        "SqsManagedSseEnabled": "false",
    }

    call("SetQueueAttributes", QueueUrl=URL, Attributes={"SqsManagedSseEnabled": "true"})
    assert shown(call, *names) == {"SqsManagedSseEnabled": "true"}

    call("SetQueueAttributes", QueueUrl=URL, Attributes={"KmsMasterKeyId": "key"})
    assert shown(call, "KmsMasterKeyId", "SqsManagedSseEnabled") == {
        "KmsMasterKeyId": "key",
        "SqsManagedSseEnabled": "false",
    }

    both = {"SqsManagedSseEnabled": "true", "KmsMasterKeyId": "key"}
    assert call.refusal("SetQueueAttributes", QueueUrl=URL, Attributes=both).message == (
        "You can use one type of server-side encryption (SSE) at one time. You can either enable "
        "KMS SSE or SQS SSE."
    )


@pytest.mark.aws(
    "KmsDataKeyReusePeriodSeconds is how long Amazon SQS can reuse a data key; default: 300 (5 "
    "minutes).",
    source=API,
    service="sqs",
)
def test_a_data_key_is_used_for_five_minutes_unless_the_queue_says_otherwise() -> None:
    """A queue without a KMS key says nothing of it."""
    call = a_queue()
    assert shown(call, "KmsDataKeyReusePeriodSeconds") == {}

    call("SetQueueAttributes", QueueUrl=URL, Attributes={"KmsMasterKeyId": "key"})
    assert shown(call, "KmsDataKeyReusePeriodSeconds") == {"KmsDataKeyReusePeriodSeconds": "300"}


@pytest.mark.aws(
    "KmsDataKeyReusePeriodSeconds is between 60 seconds and 24 hours.", source=API, service="sqs"
)
@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("59", "InvalidAttributeValue"),
        ("60", "ok"),
        ("86400", "ok"),
        ("86401", "InvalidAttributeValue"),
    ],
)
def test_a_data_key_is_reused_for_a_minute_to_a_day(value: str, code: str) -> None:
    """At and beyond both ends."""
    attributes = {"KmsMasterKeyId": "key", "KmsDataKeyReusePeriodSeconds": value}
    call = Caller(SQS)
    assert call.outcome("CreateQueue", QueueName="orders", Attributes=attributes)[0] == code


@pytest.mark.aws(
    "FifoThroughputLimit perMessageGroupId is allowed only with DeduplicationScope messageGroup.",
    source=API,
    service="sqs",
)
def test_high_throughput_needs_deduplication_within_groups() -> None:
    """Both at once, or the scope first."""
    call = Caller(SQS)
    fifo = {"FifoQueue": "true", "FifoThroughputLimit": "perMessageGroupId"}

    code, _ = call.outcome("CreateQueue", QueueName="a.fifo", Attributes=fifo)
    call(
        "CreateQueue",
        QueueName="a.fifo",
        Attributes={**fifo, "DeduplicationScope": "messageGroup"},
    )

    assert code == "InvalidAttributeValue"


@pytest.mark.aws(
    "A standard queue knows no FIFO attribute, not even FifoQueue=false; of those that high "
    "throughput needs it says that FifoQueue must be true.",
    source=RECORDED,
    service="sqs",
)
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("FifoQueue", "Unknown Attribute FifoQueue."),
        ("ContentBasedDeduplication", "Unknown Attribute ContentBasedDeduplication."),
        (
            "DeduplicationScope",
            "You can specify the DeduplicationScope only when FifoQueue is set to true.",
        ),
        (
            "FifoThroughputLimit",
            "You can specify the FifoThroughputLimit only when FifoQueue is set to true.",
        ),
    ],
)
def test_a_standard_queue_knows_no_fifo_attribute(name: str, message: str) -> None:
    """In the same words when they are set later."""
    created = Caller(SQS).refusal("CreateQueue", QueueName="a", Attributes={name: "false"})
    changed = a_queue().refusal("SetQueueAttributes", QueueUrl=URL, Attributes={name: "false"})

    assert (created.code, created.message) == ("InvalidAttributeName", message)
    assert (changed.code, changed.message) == ("InvalidAttributeName", message)


@pytest.mark.aws(
    "A FIFO queue stays one: FifoQueue=false is refused, Modifying queue type is not supported.",
    source=RECORDED,
    service="sqs",
)
def test_a_fifo_queue_stays_one() -> None:
    """Setting it to true changes nothing."""
    call = Caller(SQS)
    call("CreateQueue", QueueName="a.fifo", Attributes={"FifoQueue": "true"})
    url = BASE + "a.fifo"
    call("SetQueueAttributes", QueueUrl=url, Attributes={"FifoQueue": "true"})

    refused = call.refusal("SetQueueAttributes", QueueUrl=url, Attributes={"FifoQueue": "false"})

    assert (refused.code, refused.message) == (
        "InvalidAttributeValue",
        "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
    )


@pytest.mark.aws(
    "Attributes that are true or false may be written True and False; they are given back in small "
    "letters.",
    source=RECORDED.replace(".snapshot.json", ".py"),
    service="sqs",
)
def test_true_and_false_may_have_a_capital() -> None:
    """So that Python's str() of a boolean will do."""
    call = Caller(SQS)
    given = {"FifoQueue": "True", "ContentBasedDeduplication": "False"}
    call("CreateQueue", QueueName="a.fifo", Attributes=given)
    output = call("GetQueueAttributes", QueueUrl=BASE + "a.fifo", AttributeNames=list(given))

    assert output["Attributes"] == {"FifoQueue": "true", "ContentBasedDeduplication": "false"}
    assert call("CreateQueue", QueueName="a.fifo", Attributes=given)["QueueUrl"] == BASE + "a.fifo"


@pytest.mark.aws(
    "When the KMS key is taken away so is the reuse of data keys, though it be set at once; SQS's "
    "own encryption stays off.",
    source=RECORDED,
    service="sqs",
)
def test_without_a_key_there_are_no_data_keys() -> None:
    """300 seconds are the default, which is not shown."""
    call = a_queue(KmsMasterKeyId="key", KmsDataKeyReusePeriodSeconds="6000")
    emptied = {"KmsMasterKeyId": "", "KmsDataKeyReusePeriodSeconds": "300"}
    call("SetQueueAttributes", QueueUrl=URL, Attributes=emptied)

    names = ("KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled")
    assert shown(call, *names) == {"SqsManagedSseEnabled": "false"}


@pytest.mark.aws(
    "A policy that is set to an empty text is gone, and is not among all attributes any more.",
    source=RECORDED.replace(".snapshot.json", ".py"),
    service="sqs",
)
def test_an_emptied_attribute_is_gone() -> None:
    """There is no list at all when nothing is left to show."""
    call = a_queue(Policy="{ }")
    assert shown(call, "Policy") == {"Policy": "{ }"}

    call("SetQueueAttributes", QueueUrl=URL, Attributes={"Policy": ""})

    assert call("GetQueueAttributes", QueueUrl=URL, AttributeNames=["Policy"]) == {}
    assert "Policy" not in shown(call, "All")


@pytest.mark.aws(
    "RedriveAllowPolicy says which source queues can specify this queue as the dead-letter queue: "
    "allowAll, denyAll, or byQueue, those of sourceQueueArns.",
    source=API,
    service="sqs",
)
@pytest.mark.parametrize(
    ("policy", "code"),
    [
        ({"redrivePermission": "allowAll"}, "ok"),
        ({"redrivePermission": "denyAll"}, "InvalidParameterValue"),
        ({"redrivePermission": "byQueue", "sourceQueueArns": [ARN + "orders"]}, "ok"),
        (
            {"redrivePermission": "byQueue", "sourceQueueArns": [ARN + "other"]},
            "InvalidParameterValue",
        ),
    ],
)
def test_a_dead_letter_queue_takes_the_messages_of_those_it_allows(
    policy: dict[str, object], code: str
) -> None:
    """The source that may not name it is refused."""
    call = Caller(SQS)
    call("CreateQueue", QueueName="dead", Attributes={"RedriveAllowPolicy": json.dumps(policy)})
    redrive = json.dumps({"deadLetterTargetArn": ARN + "dead", "maxReceiveCount": 1})

    outcome = call.outcome(
        "CreateQueue", QueueName="orders", Attributes={"RedrivePolicy": redrive}
    )

    assert outcome[0] == code


CANNOT = "Amazon SQS can't create the redrive allow policy"


@pytest.mark.parametrize(
    "policy",
    [
        "no json",
        "[]",
        "{}",
        '{"redrivePermission": "some"}',
        '{"redrivePermission": "allowAll", "more": 1}',
        '{"redrivePermission": "byQueue", "sourceQueueArns": "arn:aws:sqs"}',
        '{"redrivePermission": "byQueue", "sourceQueueArns": [{"a": 1}]}',
    ],
)
def test_a_redrive_allow_policy_that_is_none_is_refused(policy: str) -> None:
    attributes = {"RedriveAllowPolicy": policy}
    refusal = Caller(SQS).refusal("CreateQueue", QueueName="dead", Attributes=attributes)
    assert (refusal.code, refusal.message) == (
        "InvalidAttributeValue",
        (
            f"Invalid value for the parameter RedriveAllowPolicy. Reason: {CANNOT}, as it\u2019s in "
            "an unsupported format."
        ),
    )


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (
            {"redrivePermission": "byQueue"},
            (
                "When you specify the byQueue permission type, you must also specify one or more "
                "sourceQueueArns values."
            ),
        ),
        (
            {"redrivePermission": "byQueue", "sourceQueueArns": ["a"] * 11},
            "The maximum number of source queue ARNs you can specify is 10.",
        ),
        (
            {"redrivePermission": "denyAll", "sourceQueueArns": ["a"]},
            "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.",
        ),
    ],
)
def test_sources_are_named_with_by_queue_and_only_then(
    policy: dict[str, object], reason: str
) -> None:
    text = json.dumps(policy)
    attributes = {"RedriveAllowPolicy": text}
    refusal = Caller(SQS).refusal("CreateQueue", QueueName="dead", Attributes=attributes)
    assert (refusal.code, refusal.message) == (
        "InvalidParameterValue",
        f"Value {text} for parameter RedriveAllowPolicy is invalid. Reason: {CANNOT}. {reason}",
    )


@pytest.mark.aws(
    "ListDeadLetterSourceQueues lists the queues that have the RedrivePolicy attribute configured "
    "with a dead-letter queue; with MaxResults it has a NextToken if there are more.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"
    "API_ListDeadLetterSourceQueues.html",
    service="sqs",
)
def test_the_sources_of_a_dead_letter_queue_are_listed_in_pages() -> None:
    """Their list is there even when it is empty."""
    call = Caller(SQS)
    call("CreateQueue", QueueName="dead")
    assert call("ListDeadLetterSourceQueues", QueueUrl=BASE + "dead") == {"queueUrls": []}
    redrive = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": ARN + "dead"})}
    for name in ("c", "a", "b"):
        call("CreateQueue", QueueName=name, Attributes=redrive)

    first = call("ListDeadLetterSourceQueues", QueueUrl=BASE + "dead", MaxResults=2)
    rest = call("ListDeadLetterSourceQueues", QueueUrl=BASE + "dead", NextToken=first["NextToken"])

    assert first["queueUrls"] == [BASE + "a", BASE + "b"]
    assert rest == {"queueUrls": [BASE + "c"]}
