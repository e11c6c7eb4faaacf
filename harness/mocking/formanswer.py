"""What S3 answers to a posted form: nothing, a document, or the way to another page.

Source: Amazon S3 API reference, "POST Object", response elements.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode
from xml.sax.saxutils import escape

from harness.mocking.formupload import Form
from harness.mocking.signedrequest import Place
from harness.services.base.partitions import partition_of

Answer = tuple[int, Mapping[str, str], bytes]
"""Status, headers and body."""


def posted(form: Form, place: Place, output: Mapping[str, Any]) -> Answer:
    """Return the answer to a *form* whose file was put with *output*."""
    bucket, key, etag = place.bucket, form.object_key, output["ETag"]
    location = f"https://{bucket}.s3.{partition_of(place.region or '').domain}/{quote(key)}"
    headers = {"ETag": etag, "Location": location}
    if "VersionId" in output:
        headers["x-amz-version-id"] = output["VersionId"]
    redirect = form.fields.get("success_action_redirect")
    if redirect:
        query = urlencode({"bucket": bucket, "key": key, "etag": etag})
        joint = "&" if "?" in redirect else "?"
        return 303, headers | {"Location": f"{redirect}{joint}{query}"}, b""
    status = form.fields.get("success_action_status")
    if status == "201":
        told = {"Location": location, "Bucket": bucket, "Key": key, "ETag": etag}
        inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items())
        document = f'<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>{inner}</PostResponse>'
        return 201, headers | {"Content-Type": "application/xml"}, document.encode()
    return 200 if status == "200" else 204, headers, b""
