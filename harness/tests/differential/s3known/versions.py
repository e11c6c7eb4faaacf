"""Where moto's versions and deletions differ."""

from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.s3known.asking import (
    GUIDE,
    RECORDED,
    REFERENCE,
    alike_but,
    asked,
    bucket,
    is_refused,
)

_MARKED = frozenset({"DeleteMarker", "DeleteMarkerVersionId"})
_TELLS_A_VERSION = frozenset({
    "GetObject", "HeadObject", "CopyObject", "PutObjectTagging", "GetObjectTagging",
})  # fmt: skip


def _marks_nothing(exchange: Exchange) -> bool:
    ours, theirs = exchange.ours.output, exchange.theirs.output
    if exchange.operation == "DeleteObject":
        is_bare = not theirs or theirs == {"VersionId": "null"}
        return ours.get("DeleteMarker") is True and exchange.theirs.is_ok and is_bare
    is_quiet = exchange.parameters.get("Delete", {}).get("Quiet", False)
    return (
        exchange.operation == "DeleteObjects"
        and not is_quiet
        and alike_but(exchange, "Deleted")
        and _are_marked_but_for_some(ours.get("Deleted", []), theirs.get("Deleted", []))
    )


def _are_marked_but_for_some(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> bool:
    by_key = {each["Key"]: each for each in theirs}
    return len(by_key) == len(ours) and all(
        each["Key"] in by_key
        and each.keys() - by_key[each["Key"]].keys() in (set(), _MARKED)
        and each.keys() >= by_key[each["Key"]].keys()
        for each in ours
    )


def _tells_quiet_deletes(exchange: Exchange) -> bool:
    asked_for = exchange.parameters.get("Delete", {})
    return (
        exchange.operation == "DeleteObjects"
        and asked_for.get("Quiet") is True
        and "Deleted" not in exchange.ours.output
        and alike_but(exchange, "Deleted")
        and {each["Key"] for each in exchange.theirs.output["Deleted"]}
        <= {each["Key"] for each in asked_for["Objects"]}
    )


def _names_no_null_version(exchange: Exchange) -> bool:
    return (
        exchange.operation in _TELLS_A_VERSION
        and exchange.ours.output.get("VersionId") == "null"
        and "VersionId" not in exchange.theirs.output
        and alike_but(exchange, "VersionId")
    )


def _read_what_was_put_while_suspended(peers: Peers) -> Exchange:
    for status in ("Enabled", "Suspended"):
        asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": status})
    asked(peers, "PutObject", Key="a", Body=b"")
    return asked(peers, "GetObject", Key="a")


def _names_no_version_of_a_source(exchange: Exchange) -> bool:
    return (
        exchange.operation == "CopyObject"
        and exchange.ours.output.get("CopySourceVersionId") == "null"
        and "CopySourceVersionId" not in exchange.theirs.output
        and alike_but(exchange, "CopySourceVersionId")
    )


def _copied_from_before_versions(peers: Peers) -> Exchange:
    asked(peers, "PutObject", Key="a", Body=b"")
    asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": "Enabled"})
    return asked(peers, "CopyObject", Key="b", CopySource={"Bucket": "files", "Key": "a"})


def _looks_for_what_is_no_version(exchange: Exchange) -> bool:
    return (
        "VersionId" in exchange.parameters
        and is_refused(exchange.ours, "InvalidArgument", "Invalid version id specified")
        and is_refused(exchange.theirs, "NoSuchVersion")
    )


def _says_nothing_of_a_version_that_is_gone(exchange: Exchange) -> bool:
    return (
        exchange.operation == "DeleteObject"
        and "VersionId" in exchange.parameters
        and exchange.ours.output.keys() == {"VersionId"}
        and exchange.theirs.is_ok
        and not exchange.theirs.output
    )


def _deleted_twice(peers: Peers) -> Exchange:
    asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": "Enabled"})
    version = paired(asked(peers, "PutObject", Key="a", Body=b""), "VersionId")
    asked(peers, "DeleteObject", Key="a", VersionId=version)
    return asked(peers, "DeleteObject", Key="a", VersionId=version)


KNOWN: tuple[Known, ...] = (
    Known(
        "a version that is deleted again",
        _says_nothing_of_a_version_that_is_gone,
        _deleted_twice,
        divergence(
            service="s3",
            theirs="The answer does not name the version.",
            ours="It does, as when the version was there.",
            aws="The version that was named is permanently deleted; what is answered where it is gone"
            " already is not documented.",
            source=f"{REFERENCE}API_DeleteObject.html",
            right="either",
        ),
    ),
    Known(
        "a delete marker for what is not there",
        _marks_nothing,
        bucket("DeleteObject", "Enabled", Key="gone"),
        divergence(
            service="s3",
            theirs="Deleting a key that is not there marks nothing.",
            ours="It makes a delete marker.",
            aws="Deleting a key that is not there answers with a delete marker, in a bucket with"
            " versions.",
            source=f"{RECORDED}test_s3_api.snapshot.json",
            right="ours",
        ),
    ),
    Known(
        "a quiet deletion tells errors alone",
        _tells_quiet_deletes,
        bucket("DeleteObjects", Delete={"Objects": [{"Key": "a"}], "Quiet": True}),
        divergence(
            service="s3",
            theirs="A quiet DeleteObjects lists what was deleted.",
            ours="It lists errors alone.",
            aws="In quiet mode the response includes only keys where the delete operation"
            " encountered an error.",
            source=f"{REFERENCE}API_DeleteObjects.html",
            right="ours",
        ),
    ),
    Known(
        "the version that versioning suspended writes",
        _names_no_null_version,
        _read_what_was_put_while_suspended,
        divergence(
            service="s3",
            theirs="An object that was written while versioning was suspended has no version id.",
            ours="Its version id is null.",
            aws="S3 adds a null version id to every object that is stored while versioning is"
            " suspended.",
            source=f"{GUIDE}AddingObjectstoVersionSuspendedBuckets.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "the version that is copied",
        _names_no_version_of_a_source,
        _copied_from_before_versions,
        divergence(
            service="s3",
            theirs="A copy of an object that is older than the bucket's versions does not name its"
            " version.",
            ours="It is null.",
            aws="CopySourceVersionId is the version ID of the source object that was copied.",
            source=f"{REFERENCE}API_CopyObject.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a version id that is none",
        _looks_for_what_is_no_version,
        bucket("GetObject", Key="a", VersionId="nonsense"),
        divergence(
            service="s3",
            theirs="NoSuchVersion, as for one that was once there.",
            ours="InvalidArgument: Invalid version id specified",
            aws="InvalidArgument: Invalid version id specified",
            source=f"{RECORDED}test_s3_api.snapshot.json",
            right="ours",
        ),
    ),
)
