"""Asking both sides for a stream, and telling their answers apart."""

from collections.abc import Callable
from typing import Any

from harness.tests.differential.peers import Exchange, Peers

REFERENCE = "https://docs.aws.amazon.com/kinesis/latest/APIReference/"
STREAM_ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/"


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


def refused_alike(code: str, part: str) -> Callable[[Exchange], bool]:
    """Return whether both sides refuse with *code*, and ours says *part*."""
    return lambda exchange: (
        exchange.ours.code == exchange.theirs.code == code and part in exchange.ours.message
    )
