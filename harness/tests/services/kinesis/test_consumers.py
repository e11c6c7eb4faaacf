"""Consumers of a stream."""

import pytest

from harness.kernel.instant import Duration, seconds
from harness.tests.services.calling import START
from harness.tests.services.kinesis.astream import API, ARN, a_stream, tags


@pytest.mark.aws(
    "Consumer ARNs contain the creation timestamp.",
    source=f"{API}Consumer.html",
    service="kinesis",
)
@pytest.mark.aws(
    "To get the description of a consumer, provide its ARN; alternatively the ARN of the data stream and the name that it was registered with.",
    source=f"{API}DescribeStreamConsumer.html",
    service="kinesis",
)
def test_a_consumer_is_registered_described_listed_and_deregistered() -> None:
    """It is counted in the stream's summary."""
    call = a_stream()
    consumer = call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c")["Consumer"]

    assert consumer["ConsumerARN"] == f"{ARN}/consumer/c:{START // 1_000_000}"
    assert consumer["ConsumerStatus"] == "ACTIVE"
    by_arn = call("DescribeStreamConsumer", ConsumerARN=consumer["ConsumerARN"])
    by_name = call("DescribeStreamConsumer", StreamARN=ARN, ConsumerName="c")
    assert by_arn == by_name == {"ConsumerDescription": consumer | {"StreamARN": ARN}}
    assert call("ListStreamConsumers", StreamARN=ARN) == {"Consumers": [consumer]}
    summary = call("DescribeStreamSummary", StreamName="s")["StreamDescriptionSummary"]
    assert summary["ConsumerCount"] == 1
    call("DeregisterStreamConsumer", StreamARN=ARN, ConsumerName="c")
    assert call("ListStreamConsumers", StreamARN=ARN) == {"Consumers": []}


@pytest.mark.aws(
    "You can add tags to the registered consumer when making a RegisterStreamConsumer request.",
    source=f"{API}RegisterStreamConsumer.html",
    service="kinesis",
)
@pytest.mark.aws(
    "The resource that is tagged can be a data stream or an enhanced fan-out consumer.",
    source=f"{API}TagResource.html",
    service="kinesis",
)
def test_a_consumer_has_tags_of_its_own() -> None:
    """Given when it is registered, or later."""
    call = a_stream(Tags={"of": "stream"})
    consumer = call(
        "RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c", Tags={"of": "consumer"}
    )["Consumer"]
    arn = consumer["ConsumerARN"]
    call("TagResource", ResourceARN=arn, Tags={"more": "x"})

    assert call("ListTagsForResource", ResourceARN=arn)["Tags"] == [
        {"Key": "more", "Value": "x"}, {"Key": "of", "Value": "consumer"},
    ]  # fmt: skip
    assert tags(call) == {"of": "stream"}


@pytest.mark.aws(
    "If MaxResults is less than the number of consumers, the response includes a NextToken, which lists the next set of them.",
    source=f"{API}ListStreamConsumers.html",
    service="kinesis",
)
def test_consumers_are_listed_in_pages() -> None:
    """Until there is no token."""
    call = a_stream()
    for index in range(5):
        call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName=f"c{index}")

    names: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = call("ListStreamConsumers", StreamARN=ARN, MaxResults=2, **token)
        names += [consumer["ConsumerName"] for consumer in page["Consumers"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}

    assert names == [f"c{index}" for index in range(5)]


@pytest.mark.aws(
    "Tokens expire after 300 seconds; an expired one is ExpiredNextTokenException.",
    source=f"{API}ListStreamConsumers.html",
    service="kinesis",
)
def test_a_token_of_consumers_expires() -> None:
    """At 300 seconds it is good still."""
    call = a_stream()
    for name in ("a", "b"):
        call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName=name)
    given = {"StreamARN": ARN, "MaxResults": 1}
    token = call("ListStreamConsumers", **given)["NextToken"]
    call.wait(seconds(300))
    assert len(call("ListStreamConsumers", **given, NextToken=token)["Consumers"]) == 1

    call.wait(Duration(1))

    refusal = call.refusal("ListStreamConsumers", **given, NextToken=token)
    assert refusal.code == "ExpiredNextTokenException"


@pytest.mark.aws(
    "With On-demand Standard and Provisioned streams, you can register up to 20 consumers per stream; for a given data stream, each consumer must have a unique name.",
    source=f"{API}RegisterStreamConsumer.html",
    service="kinesis",
)
def test_a_stream_has_at_most_twenty_consumers() -> None:
    """The 21st is a LimitExceededException, a second of the same name a ResourceInUseException."""
    call = a_stream()
    for index in range(20):
        call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName=f"c{index}")

    again = call.refusal("RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c3")
    another = call.refusal("RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c20")
    assert (again.code, another.code) == ("ResourceInUseException", "LimitExceededException")


@pytest.mark.aws(
    "ResourceNotFoundException: the requested resource could not be found.",
    source=f"{API}DescribeStreamConsumer.html",
    service="kinesis",
)
@pytest.mark.parametrize(
    "parameters",
    [
        {"ConsumerARN": f"{ARN}/consumer/none:1"},
        {"ConsumerARN": ARN},
        {"StreamARN": ARN, "ConsumerName": "none"},
    ],
)
def test_a_consumer_that_is_not_there_is_not_found(parameters: dict[str, str]) -> None:
    """In the words that AWS has."""
    call = a_stream()
    what = parameters.get("ConsumerARN", "none")
    for operation in ("DescribeStreamConsumer", "DeregisterStreamConsumer"):
        error = call.refusal(operation, **parameters)
        assert error.code == "ResourceNotFoundException"
        assert error.message == f"Consumer {what}, account 123456789012 not found."


@pytest.mark.aws(
    "You provide the ARN of the consumer, or else the ARN of the data stream and the name of the consumer.",
    source=f"{API}DescribeStreamConsumer.html",
    service="kinesis",
)
def test_a_consumer_must_be_named_in_full() -> None:
    """A name alone does not say which stream."""
    error = a_stream().refusal("DescribeStreamConsumer", ConsumerName="c")
    assert error.code == "InvalidArgumentException"


@pytest.mark.aws(
    "If EnforceConsumerDeletion is unset or false, and the stream has registered consumers, DeleteStream fails with a ResourceInUseException; if it is true, every consumer is deleted, too.",
    source=f"{API}DeleteStream.html",
    service="kinesis",
)
def test_a_stream_with_consumers_is_not_deleted_by_accident() -> None:
    """The consumers go with it when that is enforced."""
    call = a_stream()
    call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c")

    error = call.refusal("DeleteStream", StreamName="s")
    assert error.code == "ResourceInUseException"
    assert error.message == (
        f"DeleteStream can't delete {ARN} because there are consumers associated with this data "
        "stream. To delete s anyway, set the EnforceConsumerDeletion parameter to true to force "
        "the deletion of all the consumers that are associated with it."
    )
    call("DeleteStream", StreamName="s", EnforceConsumerDeletion=True)
    assert call("ListStreams")["StreamNames"] == []
