"""Asking both sides for a stream, and telling their answers apart."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.kernel.instant import to_datetime
from harness.services.kinesis.iterators import ShardIterator, decode
from harness.tests.differential.kinesisknown.bounds import breaches
from harness.tests.differential.peers import START, Answer, Exchange, Peers

REFERENCE = "https://docs.aws.amazon.com/kinesis/latest/APIReference/"
GUIDE = "https://docs.aws.amazon.com/streams/latest/dev/"
KINESALITE = "https://github.com/mhart/kinesalite/blob/master/test/"
LOCALSTACK = "https://github.com/localstack/localstack/blob/main/tests/aws/services/kinesis/"
ACCOUNT = "123456789012"
STREAM_ARN = f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/"
SHARD = "shardId-000000000000"
ADJACENT = "shardId-000000000001"
NO_STREAM = f"Stream None under account {ACCOUNT} not found."
_DAY = timedelta(hours=24)


def made(peers: Peers) -> None:
    """Make the stream ``s`` with two shards, unless it is there."""
    if not peers.ours("kinesis", "DescribeStreamSummary", StreamName="s").is_ok:
        peers.call("kinesis", "CreateStream", StreamName="s", ShardCount=2)
        peers.wait(1)


def asked(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    """Make a call about the stream ``s``, which both sides have first."""
    made(peers)
    return peers.call("kinesis", operation, StreamName="s", **parameters)


def stream(operation: str, **parameters: Any) -> Callable[[Peers], Exchange]:
    """Return what makes a call about the stream ``s``."""
    return lambda peers: asked(peers, operation, **parameters)


def by_arn(operation: str, **parameters: Any) -> Callable[[Peers], Exchange]:
    """Return what makes a call about the stream ``s`` by its ARN."""

    def shown(peers: Peers) -> Exchange:
        made(peers)
        return peers.call("kinesis", operation, StreamARN=f"{STREAM_ARN}s", **parameters)

    return shown


def alone(operation: str, **parameters: Any) -> Callable[[Peers], Exchange]:
    """Return what makes a call about no stream that there is."""
    return lambda peers: peers.call("kinesis", operation, **parameters)


def stream_made_first(operation: str, **parameters: Any) -> Callable[[Peers], Exchange]:
    """Return what makes a call that names no stream, once the stream ``s`` is there."""

    def shown(peers: Peers) -> Exchange:
        made(peers)
        return peers.call("kinesis", operation, **parameters)

    return shown


def named(exchange: Exchange) -> str:
    """Return the name of the stream that a call is about, by its name or an ARN."""
    given = exchange.parameters
    arn = given.get("StreamARN", given.get("ConsumerARN", ""))
    return str(given.get("StreamName", arn.partition(":stream/")[2].partition("/")[0]))


def owner(exchange: Exchange) -> str:
    """Return how AWS calls the stream that a call is about."""
    return f"stream {named(exchange)} under account {ACCOUNT}"


def unknown(exchange: Exchange) -> str:
    """Return what is said of the stream that a call is about, if there is none."""
    return f"Stream {named(exchange)} under account {ACCOUNT} not found."


def is_on_demand(exchange: Exchange) -> str:
    """Return what is said of the stream that a call is about, if its shards are AWS's business."""
    owner = f"Stream {named(exchange)} under account {ACCOUNT}"
    return f"Request is invalid. {owner} is in On-Demand mode."


def says(answer: Answer, code: str, text: str) -> bool:
    """Whether an answer is just this refusal."""
    return (answer.code, answer.message) == (code, text)


def breaks(answer: Answer, *errors: str) -> bool:
    """Whether an answer is one of these errors of Python."""
    return answer.code in {f"broken down: {error}" for error in errors}


def is_old(exchange: Exchange, arrival: Any) -> bool:
    """Whether what came at *arrival* may be gone: no stream keeps it for less than a day."""
    return bool(arrival < to_datetime(exchange.at) - _DAY)


def is_past_a_day(exchange: Exchange) -> bool:
    """Whether anything at all may have expired."""
    return is_old(exchange, to_datetime(START))


def iterator(exchange: Exchange) -> ShardIterator:
    """Return what our iterator says that a call reads from."""
    return decode(exchange.parameters["ShardIterator"].ours)


def is_out_of_bounds(exchange: Exchange) -> bool:
    """Whether we refuse a value of the call for what AWS's model says of it."""
    if exchange.ours.code != "ValidationException":
        return False
    texts = {_plain(text) for text in breaches(exchange.operation, exchange.parameters)}
    return _plain(exchange.ours.message) in texts


def _plain(text: str) -> str:
    """Return a text with the words of its set, if there is one, in their alphabetical order."""
    head, mark, words = text.partition("enum value set: ")
    return head + mark + " ".join(sorted(re.findall(r"\w+", words))) if mark else text
