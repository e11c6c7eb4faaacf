"""Where moto reads, writes or copies an object otherwise."""

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.s3known.asking import (
    GUIDE,
    RECORDED,
    REFERENCE,
    after_put,
    alike_but,
    asked,
    bucket,
    is_refused,
)

_READS = frozenset({"GetObject", "HeadObject"})
_KEY_BYTES_MAX = 1024
_SECOND = 1_000_000


def _copies_regardless(exchange: Exchange) -> bool:
    given = exchange.parameters
    return (
        exchange.operation == "CopyObject"
        and is_refused(exchange.ours, "PreconditionFailed")
        and (exchange.theirs.is_ok or _is_told_of_itself(exchange))
        and any(name.startswith("CopySourceIf") for name in given)
    )


def _is_told_of_itself(exchange: Exchange) -> bool:
    """Whether moto refuses a copy of an object onto itself, which comes behind its conditions."""
    is_itself = exchange.parameters["CopySource"]["Key"] == exchange.parameters["Key"]
    text = "This copy request is illegal because it is trying to copy an object to itself"
    refusal = exchange.theirs
    return is_itself and refusal.code == "InvalidRequest" and refusal.message.startswith(text)


def _matches_nothing_with_a_star(exchange: Exchange) -> bool:
    return (
        exchange.operation in _READS
        and exchange.ours.is_ok
        and exchange.parameters.get("IfMatch") == "*"
        and exchange.theirs.code in {"PreconditionFailed", "412"}
    )


def _pays_no_heed_to_a_star(exchange: Exchange) -> bool:
    return (
        exchange.operation in _READS
        and is_refused(exchange.ours, "304")
        and exchange.parameters.get("IfNoneMatch") == "*"
        and exchange.theirs.is_ok
    )


def _heeds_a_date_to_come(exchange: Exchange) -> bool:
    since = exchange.parameters.get("IfModifiedSince", 0)
    return (
        exchange.operation in _READS
        and since * _SECOND > exchange.at
        and exchange.ours.is_ok
        and is_refused(exchange.theirs, "304")
    )


def _read_since_tomorrow(peers: Peers) -> Exchange:
    asked(peers, "PutObject", Key="a", Body=b"")
    return asked(peers, "GetObject", Key="a", IfModifiedSince=peers.now // _SECOND + 86_400)


def _takes_a_long_key(exchange: Exchange) -> bool:
    return (
        is_refused(exchange.ours, "KeyTooLongError")
        and exchange.theirs.is_ok
        and len(exchange.parameters["Key"].encode()) > _KEY_BYTES_MAX
    )


def _tells_the_range_of_nothing(exchange: Exchange) -> bool:
    return (
        exchange.operation in _READS
        and exchange.parameters.get("PartNumber") == 1
        and exchange.ours.output.get("ContentLength") == 0
        and "ContentRange" not in exchange.ours.output
        and exchange.theirs.output.get("ContentRange") == "bytes 0--1/0"
        and alike_but(exchange, "ContentRange")
    )


def _cuts_what_is_empty(exchange: Exchange) -> bool:
    ours, theirs = exchange.ours, exchange.theirs
    whole, refusal = (ours, theirs) if ours.is_ok else (theirs, ours)
    return (
        exchange.operation in _READS
        and "Range" in exchange.parameters
        and refusal.code in {"InvalidRange", "416"}
        and whole.is_ok
        and whole.output.get("ContentLength") == 0
    )


def _copied_wrongly(peers: Peers) -> Exchange:
    asked(peers, "PutObject", Key="a", Body=b"")
    source = {"Bucket": "files", "Key": "a"}
    return asked(peers, "CopyObject", Key="b", CopySource=source, CopySourceIfMatch='"wrong"')


KNOWN: tuple[Known, ...] = (
    Known(
        "a copy on conditions",
        _copies_regardless,
        _copied_wrongly,
        divergence(
            service="s3",
            theirs="A copy is made whatever its conditions say of the source.",
            ours="It is refused where they do not hold.",
            aws="CopySourceIfMatch copies the object if its entity tag matches the specified tag.",
            source=f"{REFERENCE}API_CopyObject.html",
            right="ours",
        ),
    ),
    Known(
        "an object that must be there is",
        _matches_nothing_with_a_star,
        after_put(b"", "GetObject", Key="a", IfMatch="*"),
        divergence(
            service="s3",
            theirs="If-Match: * matches no object.",
            ours="It matches any, as RFC 9110 says.",
            aws="If-Match returns the object only if its entity tag is the one specified; for more the"
            " page names RFC 7232, and of * it says nothing itself.",
            source=f"{REFERENCE}API_GetObject.html",
            right="either",
        ),
    ),
    Known(
        "an object that must not be there is",
        _pays_no_heed_to_a_star,
        after_put(b"", "HeadObject", Key="a", IfNoneMatch="*"),
        divergence(
            service="s3",
            theirs="HeadObject and GetObject pay no heed to If-None-Match: *.",
            ours="304 Not Modified, as RFC 9110 says.",
            aws="If-None-Match returns the object only if its entity tag is different from the one"
            " specified; for more the page names RFC 7232, and of * it says nothing itself.",
            source=f"{REFERENCE}API_HeadObject.html",
            right="either",
        ),
    ),
    Known(
        "modified since a date that is to come",
        _heeds_a_date_to_come,
        _read_since_tomorrow,
        divergence(
            service="s3",
            theirs="Nothing has been modified since a date that is still to come.",
            ours="Such a date is not looked at.",
            aws="GetObject with an IfModifiedSince that is still to come answers the object.",
            source=f"{RECORDED}test_s3.snapshot.json",
            right="ours",
        ),
    ),
    Known(
        "how long a key may be",
        _takes_a_long_key,
        bucket("PutObject", "Enabled", Key="k" * 1025, Body=b""),
        divergence(
            service="s3",
            theirs="In a versioned bucket a key may have more than 1,024 bytes.",
            ours="KeyTooLongError.",
            aws="A key is up to 1,024 bytes of UTF-8.",
            source=f"{GUIDE}object-keys.html",
            right="ours",
        ),
    ),
    Known(
        "the first part of an empty object",
        _tells_the_range_of_nothing,
        after_put(b"", "HeadObject", Key="a", PartNumber=1),
        divergence(
            service="s3",
            theirs="An empty object's first part is the range bytes 0--1/0.",
            ours="It has no range.",
            aws="Content-Range is the portion of the object that is returned; what it is of an empty"
            " object is not documented.",
            source=f"{REFERENCE}API_GetObject.html",
            right="either",
        ),
    ),
    Known(
        "a range of an empty object",
        _cuts_what_is_empty,
        after_put(b"", "GetObject", Key="a", Range="bytes=-3"),
        divergence(
            service="s3",
            theirs="The last bytes of an empty object are empty, and a range that ends before it"
            " begins is InvalidRange.",
            ours="The last bytes of an empty object are InvalidRange, and a range that ends before it"
            " begins is no range.",
            aws="Range downloads the specified byte range of an object; what it does to an empty one"
            " is not documented.",
            source=f"{REFERENCE}API_GetObject.html",
            right="either",
        ),
    ),
)
