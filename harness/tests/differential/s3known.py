"""Where moto's S3 is known to differ."""

from typing import Any
from urllib.parse import quote

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
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


def _written_while_suspended(peers: Peers) -> Exchange:
    for status in ("Enabled", "Suspended"):
        _asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": status})
    return _asked(peers, "PutObject", Key="a", Body=b"")


def _read_unless_there(peers: Peers) -> Exchange:
    _asked(peers, "PutObject", Key="a", Body=b"")
    return _asked(peers, "HeadObject", Key="a", IfNoneMatch="*")


def _completed_wrongly(peers: Peers) -> Exchange:
    upload = paired(_asked(peers, "CreateMultipartUpload", Key="a"), "UploadId")
    parts = {"Parts": [{"PartNumber": 1, "ETag": '"wrong"'}]}
    given = {"Key": "a", "UploadId": upload}
    return _asked(peers, "CompleteMultipartUpload", **given, MultipartUpload=parts)


def _deleted_with_versions(peers: Peers) -> Exchange:
    _asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": "Enabled"})
    _asked(peers, "PutObject", Key="a", Body=b"")
    return _asked(peers, "DeleteBucket")


def _listed_to_a_limit(peers: Peers) -> Exchange:
    for key in ("a", "a/b", "a/c"):
        _asked(peers, "PutObject", Key=key, Body=b"")
    return _asked(peers, "ListObjects", Prefix="a", Delimiter="c", MaxKeys=2)


def _read_an_empty_part(peers: Peers) -> Exchange:
    _asked(peers, "PutObject", Key="a", Body=b"")
    return _asked(peers, "HeadObject", Key="a", PartNumber=1)


def _completed_without_versions(peers: Peers) -> Exchange:
    upload = paired(_asked(peers, "CreateMultipartUpload", Key="a"), "UploadId")
    given = {"Key": "a", "UploadId": upload}
    part = _asked(peers, "UploadPart", **given, PartNumber=1, Body=b"x")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part.ours.output["ETag"]}]}
    return _asked(peers, "CompleteMultipartUpload", **given, MultipartUpload=parts)


def _read_if_there(peers: Peers) -> Exchange:
    _asked(peers, "PutObject", Key="a", Body=b"")
    return _asked(peers, "GetObject", Key="a", IfMatch="*")


def _copied_wrongly(peers: Peers) -> Exchange:
    _asked(peers, "PutObject", Key="a", Body=b"")
    source = {"Bucket": "files", "Key": "a"}
    return _asked(peers, "CopyObject", Key="b", CopySource=source, CopySourceIfMatch='"wrong"')


KNOWN: tuple[Known, ...] = (
    Known(
        "a bucket's ARN",
        lambda exchange: (
            exchange.operation in {"CreateBucket", "HeadBucket"}
            and "BucketArn" in exchange.ours.output
            and "BucketArn" not in exchange.theirs.output
        ),
        _bucket("HeadBucket"),
        divergence(
            service="s3",
            theirs="Making a bucket and looking for it do not tell its ARN.",
            ours="They do.",
            aws="The response of CreateBucket and of HeadBucket has the header x-amz-bucket-arn.",
            source=f"{_REFERENCE}API_HeadBucket.html",
            right="ours",
        ),
        keeps_state=True,
    ),
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
        "tags of what is not there",
        lambda exchange: (
            exchange.operation == "DeleteObjectTagging"
            and exchange.ours.code == "NoSuchKey"
            and "AttributeError" in exchange.theirs.code
        ),
        _bucket("DeleteObjectTagging", Key="gone"),
        divergence(
            service="s3",
            theirs="Taking away the tags of a key that is not there ends in an AttributeError of"
            " Python.",
            ours="It is NoSuchKey.",
            aws="A request for an object that does not exist is NoSuchKey.",
            source=f"{_REFERENCE}ErrorResponses.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a plus in what a listing starts after",
        lambda exchange: (
            "+" in exchange.parameters.get("StartAfter", "")
            and exchange.theirs.output.get("StartAfter")
            == exchange.parameters["StartAfter"].replace("+", " ")
        ),
        _bucket("ListObjectsV2", StartAfter="b+"),
        divergence(
            service="s3",
            theirs="A plus is read as a space.",
            ours="It is a plus, as the client has sent it.",
            aws="If StartAfter was sent with the request, it is included in the response.",
            source=f"{_REFERENCE}API_ListObjectsV2.html",
            right="ours",
        ),
    ),
    Known(
        "an encoded prefix",
        lambda exchange: (
            exchange.operation == "ListObjects"
            and exchange.parameters.get("EncodingType") == "url"
            and exchange.ours.output.get("Prefix")
            == quote(exchange.theirs.output.get("Prefix", ""), safe="/")
        ),
        _bucket("ListObjects", Prefix="\u00e9", EncodingType="url"),
        divergence(
            service="s3",
            theirs="The prefix of a listing that is to be encoded comes back as it is.",
            ours="It comes back encoded.",
            aws="With the encoding type, Delimiter, Marker, Prefix, NextMarker and Key are encoded.",
            source=f"{_REFERENCE}API_ListObjects.html",
            right="ours",
        ),
    ),
    Known(
        "completing no upload with no parts",
        lambda exchange: (
            exchange.operation == "CompleteMultipartUpload"
            and exchange.ours.code == "NoSuchUpload"
            and "KeyError" in exchange.theirs.code
        ),
        _bucket(
            "CompleteMultipartUpload", Key="a", UploadId="gone", MultipartUpload={"Parts": []}
        ),
        divergence(
            service="s3",
            theirs="An upload that is not there is completed with a KeyError of Python.",
            ours="It is NoSuchUpload.",
            aws="NoSuchUpload says that the upload does not exist: it may have been aborted or"
            " completed.",
            source=f"{_REFERENCE}API_CompleteMultipartUpload.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a copy on conditions",
        lambda exchange: (
            exchange.operation == "CopyObject"
            and exchange.ours.code == "PreconditionFailed"
            and exchange.theirs.is_ok
        ),
        _copied_wrongly,
        divergence(
            service="s3",
            theirs="A copy is made whatever its conditions say of the source.",
            ours="It is refused where they do not hold.",
            aws="CopySourceIfMatch copies the object if its entity tag matches the one given.",
            source=f"{_REFERENCE}API_CopyObject.html",
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
        lambda exchange: (
            exchange.operation == "ListObjects"
            and "Marker" in exchange.ours.output
            and "Marker" not in exchange.theirs.output
        ),
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
        "an object that must be there is",
        lambda exchange: (
            exchange.ours.is_ok
            and exchange.parameters.get("IfMatch") == "*"
            and exchange.theirs.code in {"PreconditionFailed", "412"}
        ),
        _read_if_there,
        divergence(
            service="s3",
            theirs="If-Match: * matches no object.",
            ours="It matches any.",
            aws="If-Match returns the object only if its entity tag is the one given; * stands for"
            " any.",
            source=f"{_REFERENCE}API_GetObject.html",
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
        "how long a key may be",
        lambda exchange: exchange.ours.code == "KeyTooLongError" and exchange.theirs.is_ok,
        _bucket("PutObject", is_versioned=True, Key="k" * 1025, Body=b""),
        divergence(
            service="s3",
            theirs="In a versioned bucket a key may have more than 1,024 bytes.",
            ours="KeyTooLongError.",
            aws="A key is up to 1,024 bytes of UTF-8.",
            source=f"{_GUIDE}object-keys.html",
            right="ours",
        ),
    ),
    Known(
        "what a bucket may be called",
        lambda exchange: exchange.ours.code == "InvalidBucketName" and exchange.theirs.is_ok,
        lambda peers: peers.call("s3", "CreateBucket", Bucket="A_b"),
        divergence(
            service="s3",
            theirs="A bucket may be called A_b.",
            ours="InvalidBucketName.",
            aws="A bucket's name consists of lower-case letters, numbers, periods and hyphens.",
            source=f"{_GUIDE}bucketnamingrules.html",
            right="ours",
        ),
    ),
    Known(
        "a part that is not the one that was uploaded",
        lambda exchange: exchange.ours.code == exchange.theirs.code == "InvalidPart",
        _completed_wrongly,
        divergence(
            service="s3",
            theirs="The text of InvalidPart says 'might not'.",
            ours="The text says 'may not', after two spaces.",
            aws="One or more of the specified parts could not be found.  The part may not have been"
            " uploaded, or the specified entity tag may not match the part's entity tag.",
            source=_RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a versioned bucket that is not empty",
        lambda exchange: (
            exchange.ours.code == exchange.theirs.code == "BucketNotEmpty"
            and exchange.ours.message.endswith("You must delete all versions in the bucket.")
        ),
        _deleted_with_versions,
        divergence(
            service="s3",
            theirs="The text does not speak of versions.",
            ours="You must delete all versions in the bucket.",
            aws="All versions and delete markers of a bucket must be deleted before the bucket.",
            source=f"{_REFERENCE}API_DeleteBucket.html",
            right="ours",
        ),
    ),
    Known(
        "common prefixes count where they stand",
        lambda exchange: (
            exchange.operation in {"ListObjects", "ListObjectsV2"}
            and "Delimiter" in exchange.parameters
            and "MaxKeys" in exchange.parameters
            and exchange.ours.is_ok
            and exchange.theirs.is_ok
        ),
        _listed_to_a_limit,
        divergence(
            service="s3",
            theirs="A page that MaxKeys ends has keys and common prefixes that do not stand there.",
            ours="Keys and common prefixes count alike, each at its place in the order.",
            aws="All keys that roll up into a common prefix count as a single return, and results"
            " are in UTF-8 binary order.",
            source=f"{_REFERENCE}API_ListObjectsV2.html",
            right="ours",
        ),
    ),
    Known(
        "the first part of an empty object",
        lambda exchange: exchange.theirs.output.get("ContentRange") == "bytes 0--1/0",
        _read_an_empty_part,
        divergence(
            service="s3",
            theirs="An empty object's first part is the range bytes 0--1/0.",
            ours="It has no range.",
            aws="Content-Range is the portion of the object that is returned; an empty object has"
            " none.",
            source=f"{_REFERENCE}API_GetObject.html",
            right="ours",
        ),
    ),
    Known(
        "the version id of an upload to a bucket without versions",
        lambda exchange: (
            exchange.operation == "CompleteMultipartUpload"
            and exchange.theirs.output.get("VersionId") == "null"
            and "VersionId" not in exchange.ours.output
        ),
        _completed_without_versions,
        divergence(
            service="s3",
            theirs="The version id of an upload to a bucket that never had versions is null.",
            ours="It has none.",
            aws="A version id is told if versioning was ever enabled for the bucket.",
            source=f"{_REFERENCE}API_CompleteMultipartUpload.html",
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
