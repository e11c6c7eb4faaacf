"""Where moto's S3 is known to differ."""

from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
_REFERENCE = "https://docs.aws.amazon.com/AmazonS3/latest/API/"
_RECORDED = "https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3.snapshot.json"


def _asked(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    if not peers.ours("s3", "HeadBucket", Bucket="files").is_ok:
        peers.call("s3", "CreateBucket", Bucket="files")
    return peers.call("s3", operation, Bucket="files", **parameters)


def _bucket(operation: str, *, is_versioned: bool = False, **parameters: Any) -> Any:
    def shown(peers: Peers) -> Exchange:
        if is_versioned:
            _asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": "Enabled"})
        return _asked(peers, operation, **parameters)

    return shown


def _marks_nothing(exchange: Exchange) -> bool:
    ours, theirs = exchange.ours.output, exchange.theirs.output
    if exchange.operation == "DeleteObject":
        return "DeleteMarker" in ours and "DeleteMarker" not in theirs
    markers = [
        sum("DeleteMarker" in each for each in output.get("Deleted", []))
        for output in (ours, theirs)
    ]
    return exchange.operation == "DeleteObjects" and markers[0] > markers[1]


def _tells_quiet_deletes(exchange: Exchange) -> bool:
    is_quiet = exchange.parameters.get("Delete", {}).get("Quiet", False)
    return bool(is_quiet) and "Deleted" in exchange.theirs.output


def _echoes(exchange: Exchange) -> bool:
    ours, theirs = (
        {name: value for name, value in output.items() if name not in _ECHOES}
        for output in (exchange.ours.output, exchange.theirs.output)
    )
    theirs.pop("EncodingType", None)
    ours.pop("EncodingType", None)
    return (
        exchange.operation in {"ListObjects", "ListObjectVersions", "ListObjectsV2"}
        and exchange.ours.is_ok
        and exchange.theirs.is_ok
        and str(ours) == str({name: theirs[name] for name in ours if name in theirs})
    )


_ECHOES = frozenset(
    {"Marker", "Prefix", "KeyMarker", "VersionIdMarker", "StartAfter", "Delimiter"}
)


def _written_while_suspended(peers: Peers) -> Exchange:
    for status in ("Enabled", "Suspended"):
        _asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": status})
    return _asked(peers, "PutObject", Key="a", Body=b"")


def _read_unless_there(peers: Peers) -> Exchange:
    _asked(peers, "PutObject", Key="a", Body=b"")
    return _asked(peers, "HeadObject", Key="a", IfNoneMatch="*")


KNOWN: tuple[Known, ...] = (
    Known(
        "a delete marker for what is not there",
        _marks_nothing,
        _bucket("DeleteObject", is_versioned=True, Key="gone"),
        divergence(
            service="s3",
            theirs="Deleting a key that is not there marks nothing.",
            ours="It makes a delete marker.",
            aws="In a versioned bucket a simple DELETE inserts a delete marker, which becomes the"
            " current version.",
            source=f"{_GUIDE}DeletingObjectVersions.html",
            right="ours",
        ),
    ),
    Known(
        "a quiet deletion tells errors alone",
        _tells_quiet_deletes,
        _bucket("DeleteObjects", Delete={"Objects": [{"Key": "a"}], "Quiet": True}),
        divergence(
            service="s3",
            theirs="A quiet DeleteObjects lists what was deleted.",
            ours="It lists errors alone.",
            aws="In quiet mode the response includes only keys where the delete operation"
            " encountered an error.",
            source=f"{_REFERENCE}API_DeleteObjects.html",
            right="ours",
        ),
    ),
    Known(
        "a part for no upload",
        lambda exchange: exchange.operation == "UploadPart" and "KeyError" in exchange.theirs.code,
        _bucket("UploadPart", Key="a", UploadId="gone", PartNumber=1, Body=b""),
        divergence(
            service="s3",
            theirs="A part for an upload that is not there ends in a KeyError of Python.",
            ours="NoSuchUpload.",
            aws="NoSuchUpload: the specified multipart upload does not exist.",
            source=f"{_REFERENCE}API_UploadPart.html",
            right="ours",
        ),
    ),
    Known(
        "what was asked for is echoed",
        _echoes,
        _bucket("ListObjects", Marker="a"),
        divergence(
            service="s3",
            theirs="A listing's marker and prefix are not in its answer.",
            ours="They are.",
            aws="A listing's answer has the Marker and the Prefix that it was asked for.",
            source=f"{_REFERENCE}API_ListObjects.html",
            right="ours",
        ),
    ),
    Known(
        "the version that versioning suspended writes",
        lambda exchange: (
            exchange.ours.output.get("VersionId") == "null"
            and "VersionId" not in exchange.theirs.output
        ),
        _written_while_suspended,
        divergence(
            service="s3",
            theirs="An object that is written while versioning is suspended has no version id.",
            ours="Its version id is null.",
            aws="Where versioning is suspended S3 adds a version ID of null to every object that is"
            " stored from then on.",
            source=f"{_GUIDE}AddingObjectstoVersionSuspendedBuckets.html",
            right="ours",
        ),
    ),
    Known(
        "an object that must not be there is",
        lambda exchange: (
            exchange.ours.code == "304"
            and exchange.parameters.get("IfNoneMatch") == "*"
            and exchange.theirs.is_ok
        ),
        _read_unless_there,
        divergence(
            service="s3",
            theirs="HeadObject and GetObject pay no heed to If-None-Match: *.",
            ours="304 Not Modified.",
            aws="If-None-Match returns the object only if its entity tag differs from the one given;"
            " * stands for any.",
            source=f"{_REFERENCE}API_HeadObject.html",
            right="ours",
        ),
    ),
    Known(
        "a version id that is none",
        lambda exchange: exchange.ours.message == "Invalid version id specified",
        _bucket("GetObject", Key="a", VersionId="nonsense"),
        divergence(
            service="s3",
            theirs="NoSuchVersion, as for one that was once there.",
            ours="InvalidArgument: Invalid version id specified",
            aws="InvalidArgument: Invalid version id specified",
            source=_RECORDED,
            right="ours",
        ),
    ),
    Known(
        "whether a bucket is an access point's alias",
        lambda exchange: (
            exchange.operation == "HeadBucket" and "AccessPointAlias" in exchange.ours.output
        ),
        _bucket("HeadBucket"),
        divergence(
            service="s3",
            theirs="HeadBucket does not say whether the name is an access point's alias.",
            ours="It says so.",
            aws="HeadBucket's answer has AccessPointAlias.",
            source=f"{_REFERENCE}API_HeadBucket.html",
            right="ours",
        ),
    ),
)
