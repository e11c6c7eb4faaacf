"""Where moto's consumers of enhanced fan-out differ."""

import re
from typing import Any

from harness.tests.differential.kinesisknown.asking import (
    ACCOUNT,
    REFERENCE,
    STREAM_ARN,
    alone,
    asked,
    by_arn,
    made,
    named,
    says,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_MEMBERS = {
    "RegisterStreamConsumer": "Consumer",
    "DescribeStreamConsumer": "ConsumerDescription",
    "ListStreamConsumers": "Consumers",
}
_GONE = "ResourceNotFoundException"
_NO_CONSUMERS = "'NoneType' object has no attribute 'consumers'"


def _ends_with_its_name(exchange: Exchange) -> bool:
    """Whether all that differs is that their ARN of a consumer does not end with its creation."""
    if exchange.operation not in _MEMBERS or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (_consumers(exchange, side.output) for side in (exchange.ours, exchange.theirs))
    if len(ours) != len(theirs):
        return False
    ends = (
        f"{their['ConsumerARN']}:{int(our['ConsumerCreationTimestamp'].timestamp())}"
        for our, their in zip(ours, theirs, strict=True)
    )
    bare = [each | {"ConsumerARN": re.sub(r":\d+$", "", each["ConsumerARN"])} for each in ours]
    has_more = ["NextToken" in side.output for side in (exchange.ours, exchange.theirs)]
    return (
        bool(bare)
        and [each["ConsumerARN"] for each in ours] == list(ends)
        and bare == theirs
        and has_more[0] == has_more[1]
    )


def _consumers(exchange: Exchange, output: dict[str, Any]) -> list[dict[str, Any]]:
    found = output[_MEMBERS[exchange.operation]]
    several = found if isinstance(found, list) else [found]
    return sorted(several, key=lambda each: str(each["ConsumerName"]))


def _is_there(exchange: Exchange) -> bool:
    name = exchange.parameters.get("ConsumerName")
    text = f"Consumer {name} under stream {named(exchange)} and account {ACCOUNT} already exists."
    return (
        exchange.operation == "RegisterStreamConsumer"
        and says(exchange.ours, "ResourceInUseException", text)
        and exchange.theirs.is_ok
    )


def _names_none(exchange: Exchange) -> bool:
    given = exchange.parameters
    text = "Either ConsumerARN or both StreamARN and ConsumerName should be provided."
    return (
        exchange.operation == "DescribeStreamConsumer"
        and "ConsumerARN" not in given
        and not {"StreamARN", "ConsumerName"} <= given.keys()
        and says(exchange.ours, "InvalidArgumentException", text)
        and (
            says(exchange.theirs, _GONE, f"Consumer None, account {ACCOUNT} not found.")
            or says(exchange.theirs, "broken down: AttributeError", _NO_CONSUMERS)
        )
    )


def _is_not_there(exchange: Exchange) -> bool:
    given = exchange.parameters
    what = given.get("ConsumerARN", given.get("ConsumerName"))
    text = f"Consumer {what}, account {ACCOUNT} not found."
    return (
        exchange.operation == "DeregisterStreamConsumer"
        and says(exchange.ours, _GONE, text)
        and exchange.theirs.is_ok
    )


def _has_consumers(exchange: Exchange) -> bool:
    name = named(exchange)
    text = (
        f"DeleteStream can't delete {STREAM_ARN}{name} because there are consumers associated with"
        f" this data stream. To delete {name} anyway, set the EnforceConsumerDeletion parameter to"
        " true to force the deletion of all the consumers that are associated with it."
    )
    return (
        exchange.operation == "DeleteStream"
        and not exchange.parameters.get("EnforceConsumerDeletion")
        and says(exchange.ours, "ResourceInUseException", text)
        and exchange.theirs.is_ok
    )


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
            " the same ARN. That's because consumer ARNs contain the creation timestamp.",
            source=f"{REFERENCE}API_Consumer.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a consumer that is there",
        _is_there,
        _registered_twice,
        divergence(
            service="kinesis",
            theirs="A stream may have two consumers of one name.",
            ours="ResourceInUseException.",
            aws="For a given Kinesis data stream, each consumer must have a unique name.",
            source=f"{REFERENCE}API_RegisterStreamConsumer.html",
            right="ours",
        ),
    ),
    Known(
        "no consumer at all",
        _names_none,
        by_arn("DescribeStreamConsumer"),
        divergence(
            service="kinesis",
            theirs="A call that names no consumer is about one called None.",
            ours="InvalidArgumentException.",
            aws="To get the description of a registered consumer, provide the ARN of the consumer;"
            " alternatively the ARN of the data stream and the name of the consumer.",
            source=f"{REFERENCE}API_DescribeStreamConsumer.html",
            right="ours",
        ),
    ),
    Known(
        "deregistering a consumer that is not there",
        _is_not_there,
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
        _has_consumers,
        _deleted_with_a_consumer,
        divergence(
            service="kinesis",
            theirs="A stream with consumers is deleted without more ado.",
            ours="ResourceInUseException, unless EnforceConsumerDeletion is set.",
            aws="If this parameter is unset or set to false, and the stream has registered consumers,"
            " the call to DeleteStream fails with a ResourceInUseException.",
            source=f"{REFERENCE}API_DeleteStream.html",
            right="ours",
        ),
    ),
)
