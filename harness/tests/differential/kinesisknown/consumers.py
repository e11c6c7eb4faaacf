"""Where moto's consumers of enhanced fan-out differ."""

import re
from typing import Any

from harness.tests.differential.kinesisknown.asking import (
    REFERENCE,
    STREAM_ARN,
    alone,
    asked,
    by_arn,
    made,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers


def _ends_with_its_name(exchange: Exchange) -> bool:
    """Whether all that differs is that their ARN of a consumer does not end with its creation."""
    if not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (_consumers(side.output) for side in (exchange.ours, exchange.theirs))
    bare = [each | {"ConsumerARN": re.sub(r":\d+$", "", each["ConsumerARN"])} for each in ours]
    return bool(bare) and ours != theirs == bare


def _consumers(output: dict[str, Any]) -> list[dict[str, Any]]:
    one = output.get("Consumer", output.get("ConsumerDescription"))
    found = output.get("Consumers", []) if one is None else [one]
    return sorted(found, key=lambda each: str(each["ConsumerName"]))


def _registered_twice(peers: Peers) -> Exchange:
    given = {"StreamARN": f"{STREAM_ARN}s", "ConsumerName": "one"}
    made(peers)
    peers.call("kinesis", "RegisterStreamConsumer", **given)
    return peers.call("kinesis", "RegisterStreamConsumer", **given)


def _deleted_with_a_consumer(peers: Peers) -> Exchange:
    by_arn("RegisterStreamConsumer", ConsumerName="one")(peers)
    return asked(peers, "DeleteStream")


KNOWN: tuple[Known, ...] = (
    Known(
        "the ARN of a consumer",
        _ends_with_its_name,
        by_arn("RegisterStreamConsumer", ConsumerName="one"),
        divergence(
            service="kinesis",
            theirs="It ends with the consumer's name.",
            ours="It ends with the time of its creation.",
            aws="If you delete a consumer and then create a new one with the same name, it won't have"
            " the same ARN: consumer ARNs contain the creation timestamp.",
            source=f"{REFERENCE}API_Consumer.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a consumer that is there",
        lambda exchange: (
            exchange.operation == "RegisterStreamConsumer"
            and exchange.ours.code == "ResourceInUseException"
            and exchange.theirs.is_ok
        ),
        _registered_twice,
        divergence(
            service="kinesis",
            theirs="A stream may have two consumers of one name.",
            ours="ResourceInUseException.",
            aws="For a given data stream, each consumer must have a unique name.",
            source=f"{REFERENCE}API_RegisterStreamConsumer.html",
            right="ours",
        ),
    ),
    Known(
        "no consumer at all",
        lambda exchange: (
            exchange.ours.message.startswith("Either ConsumerARN or both")
            and exchange.theirs.code
            in {"ResourceNotFoundException", "broken down: AttributeError"}
        ),
        by_arn("DescribeStreamConsumer"),
        divergence(
            service="kinesis",
            theirs="A call that names no consumer is about one called None.",
            ours="InvalidArgumentException.",
            aws="You can get the description by providing the ARN of the consumer; alternatively the"
            " ARN of the data stream and the name of the consumer.",
            source=f"{REFERENCE}API_DescribeStreamConsumer.html",
            right="ours",
        ),
    ),
    Known(
        "deregistering a consumer that is not there",
        lambda exchange: (
            exchange.operation == "DeregisterStreamConsumer"
            and exchange.ours.code == "ResourceNotFoundException"
            and exchange.theirs.is_ok
        ),
        alone("DeregisterStreamConsumer", ConsumerARN=f"{STREAM_ARN}s/consumer/gone:1"),
        divergence(
            service="kinesis",
            theirs="A consumer that is not there can be deregistered.",
            ours="ResourceNotFoundException.",
            aws="ResourceNotFoundException: the requested resource could not be found.",
            source=f"{REFERENCE}API_DeregisterStreamConsumer.html",
            right="ours",
        ),
    ),
    Known(
        "a stream with consumers is not deleted",
        lambda exchange: (
            exchange.operation == "DeleteStream"
            and exchange.ours.code == "ResourceInUseException"
            and exchange.theirs.is_ok
        ),
        _deleted_with_a_consumer,
        divergence(
            service="kinesis",
            theirs="A stream with consumers is deleted without more ado.",
            ours="ResourceInUseException, unless EnforceConsumerDeletion is set.",
            aws="If this parameter is unset or is false, and the stream has registered consumers, the"
            " call to DeleteStream fails with a ResourceInUseException.",
            source=f"{REFERENCE}API_DeleteStream.html",
            right="ours",
        ),
    ),
)
