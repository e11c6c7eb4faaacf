"""Whether a presigned URL was signed for the request that comes with it.

Only for the credentials that are in force in the environment: nobody else's secret is known.
Source: Amazon S3 API reference, "Authenticating Requests: Using Query Parameters (AWS Signature
Version 4)"; S3 user guide, "Signing and authenticating REST requests" (version 2).
"""

import hmac
import os
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha1
from urllib.parse import parse_qsl, urlsplit

from botocore.auth import HmacV1Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from harness.mocking.signedrequest import Place
from harness.services.base.errors import ServiceError

_FORBIDDEN = 403


def require_signed(method: str, url: str, headers: Mapping[str, str], place: Place) -> None:
    """Raise S3's error when *url* was signed for another request; header names are lower case."""
    query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    if "X-Amz-Signature" in query:
        _require_fourth(method, url, headers, query)
    elif "Signature" in query:
        _require_second(method, url, headers, query, place)


def _require_fourth(
    method: str, url: str, headers: Mapping[str, str], query: Mapping[str, str]
) -> None:
    access_key, _, region, _, _ = query["X-Amz-Credential"].split("/")
    credentials = _credentials(access_key)
    if credentials is None:
        return
    signed = query["X-Amz-SignedHeaders"].split(";")
    unsigned = sorted(name for name in headers if name.startswith("x-amz-") and name not in signed)
    if unsigned:
        raise ServiceError(
            "AccessDenied",
            "There were headers present in the request which were not signed",
            status=_FORBIDDEN,
            error_fields={"HeadersNotSigned": ", ".join(unsigned)},
        )
    parts = urlsplit(url)
    rest = "&".join(
        each for each in parts.query.split("&") if not each.startswith("X-Amz-Signature=")
    )
    request = AWSRequest(
        method=method,
        url=parts._replace(query=rest).geturl(),
        headers={name: headers[name] for name in signed if name in headers and name != "host"},
    )
    request.context["timestamp"] = query["X-Amz-Date"]
    signer = S3SigV4QueryAuth(credentials, "s3", region)
    canonical = signer.canonical_request(request)
    expected = signer.signature(signer.string_to_sign(request, canonical), request)
    _require_same(expected, query["X-Amz-Signature"])


def _require_second(
    method: str,
    url: str,
    headers: Mapping[str, str],
    query: Mapping[str, str],
    place: Place,
) -> None:
    credentials = _credentials(query["AWSAccessKeyId"])
    if credentials is None:
        return
    parts = urlsplit(url)
    is_virtual = (parts.hostname or "").startswith(f"{place.bucket}.")
    path = f"/{place.bucket}{parts.path}" if is_virtual else parts.path
    signer = HmacV1Auth(credentials)
    # botocore writes what was to be a header into the query, and S3 reads it there.
    custom = {
        name.lower(): value
        for name, value in {**query, **headers}.items()
        if name.lower().startswith("x-amz-")
    }
    text = "\n".join(
        [
            method,
            headers.get("content-md5", ""),
            headers.get("content-type", ""),
            query["Expires"],
            *(f"{name}:{custom[name]}" for name in sorted(custom)),
            signer.canonical_resource(parts, auth_path=path),
        ]
    )
    digest = hmac.new(credentials.secret_key.encode(), text.encode(), sha1).digest()
    _require_same(b64encode(digest).decode(), query["Signature"])


def _credentials(access_key: str) -> Credentials | None:
    """Return the credentials with *access_key*, if they are those in force."""
    secret = os.environ.get("AWS_SECRET_ACCESS_KEY")
    if secret is None or os.environ.get("AWS_ACCESS_KEY_ID") != access_key:
        return None
    return Credentials(access_key, secret)


def _require_same(expected: str, given: str) -> None:
    if expected != given:
        raise ServiceError(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check "
            "your key and signing method.",
            status=_FORBIDDEN,
        )
