"""Where moto takes other tags of objects."""

from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.s3known.asking import (
    GUIDE,
    REFERENCE,
    after_put,
    alike_but,
    asked,
    breaks,
    bucket,
    is_refused,
)

_TWICE = "Cannot provide multiple Tags with the same key"


def _tags(exchange: Exchange) -> list[dict[str, Any]] | None:
    if exchange.operation != "PutObjectTagging":
        return None
    return list(exchange.parameters["Tagging"]["TagSet"])


def _untags_what_is_not_there(exchange: Exchange) -> bool:
    return (
        exchange.operation == "DeleteObjectTagging"
        and is_refused(exchange.ours, "NoSuchKey", "The specified key does not exist.")
        and breaks(exchange.theirs, "AttributeError")
    )


def _takes_a_tag_twice(exchange: Exchange) -> bool:
    names = [tag["Key"] for tag in _tags(exchange) or []]
    return (
        len(set(names)) < len(names)
        and is_refused(exchange.ours, "InvalidTag", _TWICE)
        and exchange.theirs.is_ok
    )


def _takes_no_empty_set(exchange: Exchange) -> bool:
    return _tags(exchange) == [] and exchange.ours.is_ok and breaks(exchange.theirs, "TypeError")


def _names_no_version(exchange: Exchange) -> bool:
    return (
        exchange.operation == "DeleteObjectTagging"
        and "VersionId" in exchange.ours.output
        and "VersionId" not in exchange.theirs.output
        and alike_but(exchange, "VersionId")
    )


def _untagged_with_versions(peers: Peers) -> Exchange:
    asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": "Enabled"})
    asked(peers, "PutObject", Key="a", Body=b"")
    return asked(peers, "DeleteObjectTagging", Key="a")


KNOWN: tuple[Known, ...] = (
    Known(
        "tags of what is not there",
        _untags_what_is_not_there,
        bucket("DeleteObjectTagging", Key="gone"),
        divergence(
            service="s3",
            theirs="Taking away the tags of a key that is not there ends in an AttributeError of"
            " Python.",
            ours="It is NoSuchKey.",
            aws="NoSuchKey: the specified key does not exist.",
            source=f"{REFERENCE}ErrorResponses.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a tag that comes twice",
        _takes_a_tag_twice,
        after_put(
            b"",
            "PutObjectTagging",
            Key="a",
            Tagging={"TagSet": [{"Key": "k", "Value": ""}, {"Key": "k", "Value": "v"}]},
        ),
        divergence(
            service="s3",
            theirs="An object may have two tags with one key, if their values differ.",
            ours="InvalidTag.",
            aws="Tags that are associated with an object must have unique tag keys.",
            source=f"{GUIDE}object-tagging.html",
            right="ours",
        ),
    ),
    Known(
        "no tags",
        _takes_no_empty_set,
        after_put(b"", "PutObjectTagging", Key="a", Tagging={"TagSet": []}),
        divergence(
            service="s3",
            theirs="An empty set of tags ends in a TypeError of Python.",
            ours="The object has no tags.",
            aws="Replacing an object's tags with an empty list leaves it without any.",
            source="https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"
            "test_s3.snapshot.json",
            right="ours",
        ),
    ),
    Known(
        "the version that tags are taken from",
        _names_no_version,
        _untagged_with_versions,
        divergence(
            service="s3",
            theirs="DeleteObjectTagging does not name the version.",
            ours="It does, where there are versions.",
            aws="VersionId is the version of the object that the tag-set was removed from.",
            source=f"{REFERENCE}API_DeleteObjectTagging.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
