"""Where moto's uploads in parts differ."""

from itertools import pairwise

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.s3known.asking import (
    RECORDED,
    REFERENCE,
    alike_but,
    asked,
    breaks,
    bucket,
    is_refused,
)

_WRONG = (
    "One or more of the specified parts could not be found.  The part may not have been uploaded,"
    " or the specified entity tag may not match the part's entity tag."
)
_WRONG_AT_MOTO = (
    "One or more of the specified parts could not be found. The part might not have been uploaded,"
    " or the specified entity tag might not have matched the part's entity tag."
)
_OUT_OF_ORDER = (
    "The list of parts was not in ascending order. Parts must be ordered by part number."
)
_PART = b"x" * 5 * 1024 * 1024


def _completes_what_is_not_there(exchange: Exchange) -> bool:
    return (
        exchange.operation == "CompleteMultipartUpload"
        and is_refused(exchange.ours, "NoSuchUpload")
        and breaks(exchange.theirs, "KeyError")
    )


def _uploads_to_what_is_not_there(exchange: Exchange) -> bool:
    return (
        exchange.operation == "UploadPart"
        and is_refused(exchange.ours, "NoSuchUpload")
        and breaks(exchange.theirs, "KeyError")
    )


def _tells_a_wrong_part_otherwise(exchange: Exchange) -> bool:
    return (
        exchange.operation == "CompleteMultipartUpload"
        and is_refused(exchange.ours, "InvalidPart", _WRONG)
        and is_refused(exchange.theirs, "InvalidPart", _WRONG_AT_MOTO)
    )


def _takes_any_order(exchange: Exchange) -> bool:
    """Whether theirs does not look at the order of parts, but at their sizes alone."""
    if exchange.operation != "CompleteMultipartUpload":
        return False
    numbers = [part["PartNumber"] for part in exchange.parameters["MultipartUpload"]["Parts"]]
    return (
        any(one >= other for one, other in pairwise(numbers))
        and is_refused(exchange.ours, "InvalidPartOrder", _OUT_OF_ORDER)
        and (exchange.theirs.is_ok or is_refused(exchange.theirs, "EntityTooSmall"))
    )


def _completed_backwards(peers: Peers) -> Exchange:
    upload = paired(asked(peers, "CreateMultipartUpload", Key="a"), "UploadId")
    given = {"Key": "a", "UploadId": upload}
    parts = [
        {
            "PartNumber": number,
            "ETag": asked(peers, "UploadPart", **given, PartNumber=number, Body=body).ours.output[
                "ETag"
            ],
        }
        for number, body in ((2, _PART), (1, b"x"))
    ]
    return asked(peers, "CompleteMultipartUpload", **given, MultipartUpload={"Parts": parts})


def _names_a_version(exchange: Exchange) -> bool:
    return (
        exchange.operation == "CompleteMultipartUpload"
        and exchange.theirs.output.get("VersionId") == "null"
        and "VersionId" not in exchange.ours.output
        and alike_but(exchange, "VersionId")
    )


def _has_no_first_part(exchange: Exchange) -> bool:
    return (
        exchange.operation in {"GetObject", "HeadObject"}
        and exchange.parameters.get("PartNumber") == 1
        and exchange.ours.output.get("PartsCount", 0) >= 1
        and breaks(exchange.theirs, "KeyError")
        and exchange.theirs.message == "1"
    )


def _completed_from_the_second_part(peers: Peers) -> Exchange:
    _completed(peers, number=2)
    return asked(peers, "HeadObject", Key="a", PartNumber=1)


def _completed(peers: Peers, tag: str | None = None, number: int = 1) -> Exchange:
    upload = paired(asked(peers, "CreateMultipartUpload", Key="a"), "UploadId")
    given = {"Key": "a", "UploadId": upload}
    part = asked(peers, "UploadPart", **given, PartNumber=number, Body=b"x")
    parts = {"Parts": [{"PartNumber": number, "ETag": tag or part.ours.output["ETag"]}]}
    return asked(peers, "CompleteMultipartUpload", **given, MultipartUpload=parts)


KNOWN: tuple[Known, ...] = (
    Known(
        "completing no upload with no parts",
        _completes_what_is_not_there,
        bucket("CompleteMultipartUpload", Key="a", UploadId="gone", MultipartUpload={"Parts": []}),
        divergence(
            service="s3",
            theirs="An upload that is not there is completed with a KeyError of Python.",
            ours="It is NoSuchUpload.",
            aws="NoSuchUpload: the upload ID might be invalid, or the multipart upload might have been"
            " aborted or completed.",
            source=f"{REFERENCE}API_CompleteMultipartUpload.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a part for no upload",
        _uploads_to_what_is_not_there,
        bucket("UploadPart", Key="a", UploadId="gone", PartNumber=1, Body=b""),
        divergence(
            service="s3",
            theirs="A part for an upload that is not there ends in a KeyError of Python.",
            ours="NoSuchUpload.",
            aws="NoSuchUpload: the specified multipart upload does not exist.",
            source=f"{REFERENCE}API_UploadPart.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a part that is not the one that was uploaded",
        _tells_a_wrong_part_otherwise,
        lambda peers: _completed(peers, '"wrong"'),
        divergence(
            service="s3",
            theirs="The text of InvalidPart says 'might not'.",
            ours="The text says 'may not', after two spaces.",
            aws=_WRONG,
            source=f"{RECORDED}test_s3.snapshot.json",
            right="ours",
        ),
    ),
    Known(
        "parts that are listed in another order",
        _takes_any_order,
        _completed_backwards,
        divergence(
            service="s3",
            theirs="An upload is completed with parts in any order.",
            ours="InvalidPartOrder.",
            aws="InvalidPartOrder: the list of parts was not in ascending order. The parts list must"
            " be specified in order by part number.",
            source=f"{REFERENCE}API_CompleteMultipartUpload.html",
            right="ours",
        ),
    ),
    Known(
        "the version id of an upload to a bucket without versions",
        _names_a_version,
        _completed,
        divergence(
            service="s3",
            theirs="The version id of an upload to a bucket that never had versions is null.",
            ours="It has none.",
            aws="VersionId is the version ID of the newly created object, in case the bucket has"
            " versioning turned on.",
            source=f"{REFERENCE}API_CompleteMultipartUpload.html",
            right="ours",
        ),
    ),
    Known(
        "the first part of an upload that begins with the second",
        _has_no_first_part,
        _completed_from_the_second_part,
        divergence(
            service="s3",
            theirs="Reading part 1 of an upload without a part of that number ends in a KeyError of"
            " Python.",
            ours="It is the first of the parts.",
            aws="PartNumber is the part number of the object being read; whether that is the number"
            " that the part was uploaded with is not documented.",
            source=f"{REFERENCE}API_HeadObject.html",
            right="either",
        ),
    ),
)
