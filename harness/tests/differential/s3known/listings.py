"""Where moto lists objects otherwise."""

from typing import Any
from urllib.parse import quote, unquote, unquote_plus

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Answer, Exchange, Pair, Peers
from harness.tests.differential.s3known.asking import REFERENCE, alike_but, asked, bucket

_LISTS = frozenset({"ListObjects", "ListObjectsV2"})
_PAGED = ("Contents", "CommonPrefixes", "IsTruncated", "KeyCount", "Marker", "NextMarker", "Prefix",
          "Delimiter", "NextContinuationToken")  # fmt: skip
_NAMES = ("Delimiter", "Marker", "NextMarker", "Prefix", "StartAfter")


def entries(answer: Answer) -> list[str]:
    """Return the keys and common prefixes of a page, in the order of the whole."""
    keys = [each["Key"] for each in answer.output.get("Contents", [])]
    prefixes = [each["Prefix"] for each in answer.output.get("CommonPrefixes", [])]
    return sorted([*keys, *prefixes], key=str.encode)


def encode_as_a_path(answer: Answer) -> None:
    """Write the encoded names of *answer* as moto does, of which one divergence tells."""
    places = [(answer.output, name) for name in _NAMES if name in answer.output]
    places += [(each, "Key") for each in answer.output.get("Contents", [])]
    places += [(each, "Prefix") for each in answer.output.get("CommonPrefixes", [])]
    for place, name in places:
        place[name] = quote(unquote_plus(place[name]), safe="/")


def _encodes_as_a_path(exchange: Exchange) -> bool:
    ours, theirs = entries(exchange.ours), entries(exchange.theirs)
    return (
        exchange.operation in _LISTS
        and exchange.parameters.get("EncodingType") == "url"
        and ours != theirs
        and [unquote_plus(each) for each in ours] == [unquote(each) for each in theirs]
        and alike_but(exchange, "Contents", "CommonPrefixes", *_NAMES)
    )


def _listed_with_a_space(peers: Peers) -> Exchange:
    asked(peers, "PutObject", Key="a b", Body=b"")
    return asked(peers, "ListObjectsV2", EncodingType="url")


def _reads_a_plus_as_a_space(exchange: Exchange) -> bool:
    after = exchange.parameters.get("StartAfter", "")
    return (
        exchange.operation == "ListObjectsV2"
        and "+" in after
        and exchange.ours.output.get("StartAfter") == after
        and exchange.theirs.output.get("StartAfter") == after.replace("+", " ")
        and alike_but(exchange, "StartAfter")
    )


def _encodes_nothing_but_keys(exchange: Exchange) -> bool:
    given, ours, theirs = exchange.parameters, exchange.ours.output, exchange.theirs.output
    plain = {name: given.get(name) or "" for name in ("Prefix", "Delimiter")}
    encoded = {name: quote(value, safe="/") for name, value in plain.items()}
    return (
        exchange.operation in _LISTS
        and given.get("EncodingType") == "url"
        and all(ours.get(name, "") == encoded[name] for name in plain)
        and all(theirs.get(name, "") in {plain[name], encoded[name]} for name in plain)
        and any(theirs.get(name, "") != encoded[name] for name in plain)
        and (alike_but(exchange, "Prefix", "Delimiter", "Marker") or _pages_keys_apart(exchange))
    )


def _echoes_no_marker(exchange: Exchange) -> bool:
    marker = exchange.parameters.get("Marker")
    return (
        exchange.operation == "ListObjects"
        and marker is not None
        and exchange.ours.output.get("Marker") == marker
        and "Marker" not in exchange.theirs.output
        and alike_but(exchange, "Marker", "Prefix")
    )


def _echoes_no_token(exchange: Exchange) -> bool:
    token = exchange.parameters.get("ContinuationToken")
    return (
        exchange.operation == "ListObjectsV2"
        and isinstance(token, Pair)
        and exchange.ours.output.get("ContinuationToken") == token.ours
        and "ContinuationToken" not in exchange.theirs.output
        and alike_but(exchange, "ContinuationToken")
    )


def _went_on(peers: Peers) -> Exchange:
    for key in "ab":
        asked(peers, "PutObject", Key=key, Body=b"")
    first = asked(peers, "ListObjectsV2", MaxKeys=1)
    return asked(peers, "ListObjectsV2", ContinuationToken=paired(first, "NextContinuationToken"))


def _pages_keys_apart(exchange: Exchange) -> bool:
    """Whether theirs goes on where our page, which is in order, has ended."""
    given: dict[str, Any] = exchange.parameters
    if exchange.operation not in _LISTS or not {"Delimiter", "MaxKeys"} <= given.keys():
        return False
    ours, theirs = entries(exchange.ours), entries(exchange.theirs)
    end = max(ours, key=str.encode, default="").encode()
    # A page of nothing at all is not cut short.
    is_cut = given["MaxKeys"] > 0 and len(ours) < len(set(ours) | set(theirs))
    return (
        alike_but(exchange, *_PAGED)
        and len(ours) <= given["MaxKeys"]
        and bool(exchange.ours.output["IsTruncated"]) >= is_cut
        and all(each in ours or each.encode() > end for each in theirs)
        and (ours != theirs or not _says_the_same_of_its_end(exchange))
    )


def _says_the_same_of_its_end(exchange: Exchange) -> bool:
    names = ("IsTruncated", "NextMarker")
    return all(
        exchange.ours.output.get(name) == exchange.theirs.output.get(name) for name in names
    )


def _names_the_next_without_a_delimiter(exchange: Exchange) -> bool:
    ours, theirs = exchange.ours.output, exchange.theirs.output
    return (
        exchange.operation == "ListObjects"
        and not exchange.parameters.get("Delimiter")
        and bool(ours.get("IsTruncated"))
        and "NextMarker" not in ours
        and "NextMarker" in theirs
        and ours.get("Marker") == exchange.parameters.get("Marker", "")
        and alike_but(exchange, "NextMarker", "Marker", "Prefix")
    )


def _listed_without_a_delimiter(peers: Peers) -> Exchange:
    for key in "ab":
        asked(peers, "PutObject", Key=key, Body=b"")
    return asked(peers, "ListObjects", MaxKeys=1)


def _listed_to_a_limit(peers: Peers) -> Exchange:
    for key in ("a", "a/b", "a/c"):
        asked(peers, "PutObject", Key=key, Body=b"")
    return asked(peers, "ListObjects", Prefix="a", Delimiter="c", MaxKeys=2)


KNOWN: tuple[Known, ...] = (
    Known(
        "a plus in what a listing starts after",
        _reads_a_plus_as_a_space,
        bucket("ListObjectsV2", StartAfter="b+"),
        divergence(
            service="s3",
            theirs="A plus is read as a space.",
            ours="It is a plus, as the client has sent it.",
            aws="If StartAfter was sent with the request, it is included in the response.",
            source=f"{REFERENCE}API_ListObjectsV2.html",
            right="ours",
        ),
    ),
    Known(
        "an encoded prefix",
        _encodes_nothing_but_keys,
        bucket("ListObjects", Prefix="\u00e9", EncodingType="url"),
        divergence(
            service="s3",
            theirs="The prefix and the delimiter of a listing that is to be encoded come back as they"
            " are.",
            ours="They come back encoded.",
            aws="With the encoding type, Delimiter, Marker, Prefix, NextMarker and Key are encoded.",
            source="https://github.com/boto/botocore/blob/develop/botocore/handlers.py",
            right="ours",
        ),
    ),
    Known(
        "how a space is encoded",
        _encodes_as_a_path,
        _listed_with_a_space,
        divergence(
            service="s3",
            theirs="In a listing that is to be encoded a space is %20.",
            ours="It is a plus sign.",
            aws="botocore reads encoded names with unquote_plus, to which a plus sign is a space.",
            source="https://github.com/boto/botocore/blob/develop/botocore/compat.py",
            right="ours",
        ),
    ),
    Known(
        "what was asked for is echoed",
        _echoes_no_marker,
        bucket("ListObjects", Marker="a"),
        divergence(
            service="s3",
            theirs="A listing's marker is not in its answer.",
            ours="It is.",
            aws="Marker is included in the response if it was sent with the request.",
            source=f"{REFERENCE}API_ListObjects.html",
            right="ours",
        ),
    ),
    Known(
        "the token that a listing goes on with",
        _echoes_no_token,
        _went_on,
        divergence(
            service="s3",
            theirs="The token that was sent is not in the answer.",
            ours="It is.",
            aws="If ContinuationToken was sent with the request, it is included in the response.",
            source=f"{REFERENCE}API_ListObjectsV2.html",
            right="ours",
        ),
    ),
    Known(
        "what comes next without a delimiter",
        _names_the_next_without_a_delimiter,
        _listed_without_a_delimiter,
        divergence(
            service="s3",
            theirs="A page that is cut short has a NextMarker.",
            ours="It has one where a delimiter was given.",
            aws="NextMarker is returned only if you have the delimiter request parameter specified.",
            source=f"{REFERENCE}API_ListObjects.html",
            right="ours",
        ),
    ),
    Known(
        "common prefixes count where they stand",
        _pages_keys_apart,
        _listed_to_a_limit,
        divergence(
            service="s3",
            theirs="A page that MaxKeys ends has keys and common prefixes that do not stand there.",
            ours="Keys and common prefixes count alike, each at its place in the order.",
            aws="All of the keys that roll up into a common prefix count as a single return, and"
            " objects are returned in lexicographical order of their keys.",
            source=f"{REFERENCE}API_ListObjectsV2.html",
            right="ours",
        ),
    ),
)
