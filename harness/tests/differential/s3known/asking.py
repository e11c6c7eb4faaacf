"""Asking both sides about the bucket ``files``, and telling their answers apart."""

from dataclasses import replace
from typing import Any

from harness.tests.differential.comparing import Correspondence, differences
from harness.tests.differential.peers import Answer, Exchange, Peers

GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
REFERENCE = "https://docs.aws.amazon.com/AmazonS3/latest/API/"
RECORDED = "https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/"
IGNORED = frozenset({
    "ChecksumCRC32", "ChecksumType", "ChecksumAlgorithm", "Owner", "Initiator", "RequestId",
    "HostId", "ID", "ServerSideEncryption", "EncodingType", "Location", "ChecksumCRC64NVME",
})  # fmt: skip
"""What the machine does not compare."""


def asked(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    """Make a call about the bucket ``files``, which is there first."""
    if not peers.ours("s3", "HeadBucket", Bucket="files").is_ok:
        peers.call("s3", "CreateBucket", Bucket="files")
    return peers.call("s3", operation, Bucket="files", **parameters)


def bucket(operation: str, *versioning: str, **parameters: Any) -> Any:
    """Return what makes a call about the bucket, after its versioning was switched so."""

    def shown(peers: Peers) -> Exchange:
        for status in versioning:
            asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": status})
        return asked(peers, operation, **parameters)

    return shown


def after_put(body: bytes, operation: str, **parameters: Any) -> Any:
    """Return what puts the object ``a`` and then makes a call."""

    def shown(peers: Peers) -> Exchange:
        asked(peers, "PutObject", Key="a", Body=body)
        return asked(peers, operation, **parameters)

    return shown


def is_refused(answer: Answer, code: str, message: str | None = None) -> bool:
    """Whether *answer* is the error *code*, with *message* if that is given."""
    return answer.code == code and message in {None, answer.message}


def breaks(answer: Answer, error: str) -> bool:
    """Whether moto ended in an *error* of Python."""
    return answer.code == f"broken down: {error}"


def alike_but(exchange: Exchange, *names: str) -> bool:
    """Whether both succeeded, and the answers are alike but for the members *names*."""
    ours, theirs = (
        replace(side, output={n: v for n, v in side.output.items() if n not in names})
        for side in (exchange.ours, exchange.theirs)
    )
    trimmed = replace(exchange, ours=ours, theirs=theirs)
    return exchange.ours.is_ok and not differences(trimmed, Correspondence(), IGNORED)
