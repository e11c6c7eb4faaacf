"""An upload by a browser's form: the fields that `generate_presigned_post` makes, and a file.

The signature is not checked; the policy is.  Source: Amazon S3 API reference, "Browser-Based
Uploads Using POST"; texts as LocalStack recorded them.
"""

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.model import ServiceModel

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, from_datetime
from harness.mocking.signedrequest import read, taken
from harness.services.base.errors import ServiceError

_BOUNDARY = re.compile(r'multipart/form-data;.*boundary="?([^";]+)"?', re.IGNORECASE)
_NAME = re.compile(r'[;\s]name="([^"]*)"')
_FILENAME = re.compile(r'filename="([^"]*)"')
_UNCONDITIONAL = frozenset({
    "awsaccesskeyid", "file", "policy", "signature", "x-amz-signature",
})  # fmt: skip
"""Fields that a policy need not mention."""

_SIGNED = ("x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-security-token")
_ANSWERED = ("success_action_redirect", "success_action_status")
_HEADERS = {"acl": "x-amz-acl"}
_FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class Form:
    """What was posted: fields by their names in lower case, and the file."""

    fields: Mapping[str, str]
    content: bytes

    @property
    def object_key(self) -> str:
        """The key that the form asks for."""
        return self.fields["key"]


def read_form(content_type: str, body: bytes) -> Form:
    """Return the form in *body*; what stands behind the file is not looked at, as on S3."""
    boundary = _BOUNDARY.match(content_type)
    if boundary is None:
        raise ServiceError(
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold",
            status=412,
            error_fields={
                "Condition": "Bucket POST must be of the enclosure-type multipart/form-data"
            },
        )
    fields: dict[str, str] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        described = head.decode()
        name = _NAME.search(described)
        if name is None:
            continue
        if name[1].lower() != "file":
            fields[name[1].lower()] = content.decode()
            continue
        if "key" not in fields:
            raise _invalid(
                "Bucket POST must contain a field named 'key'.  If it is specified, please check "
                "the order of the fields."
            )
        filename = _filename(described)
        filled = {each: text.replace("${filename}", filename) for each, text in fields.items()}
        return Form(filled, content)
    raise _invalid("POST requires exactly one file upload per request.")


def _filename(described: str) -> str:
    """Return the name of the file, without the folders that its path goes through."""
    found = _FILENAME.search(described)
    return re.split(r"[/\\]", found[1])[-1] if found else ""


def require_permitted(form: Form, bucket: str, now: Instant) -> None:
    """Raise S3's error for what the form's policy forbids."""
    if "policy" not in form.fields:
        raise UnsupportedError(
            f"a form without a policy, posted to {bucket!r}, is not modelled: a mock does not know "
            "what anybody may do; make its fields with generate_presigned_post"
        )
    policy = json.loads(b64decode(form.fields["policy"]))
    if from_datetime(datetime.fromisoformat(policy["expiration"])) < now:
        raise _denied("Policy expired.")
    given = {**form.fields, "bucket": bucket}
    named = {"bucket"}
    sizes = (0, len(form.content))
    for condition in _conditions(policy):
        operator, name, value = condition
        if operator == "content-length-range":
            sizes = (int(name), int(value))
            continue
        field = name.removeprefix("$").lower()
        named.add(field)
        said = given.get(field, "")
        for each in said.split(",") if _is_list(operator, field) else [said]:
            _require_condition(operator, each, value, condition)
    extra = [
        name
        for name in form.fields
        if name not in named | _UNCONDITIONAL and not name.startswith("x-ignore-")
    ]
    if extra:
        raise _denied(f"Extra input fields: {extra[0]}")
    _require_size(len(form.content), *sizes)


def parameters(form: Form, model: ServiceModel) -> dict[str, Any]:
    """Return PutObject's parameters but the bucket; UnsupportedError for a field that is none."""
    fields = dict(form.fields)
    for name in (*_UNCONDITIONAL, *_SIGNED, *_ANSWERED, "key", "bucket"):
        fields.pop(name, None)
    expires = {"Expires": fields.pop("expires")} if "expires" in fields else {}
    given = {_HEADERS.get(name, name): value for name, value in fields.items()}
    operation = model.operation_model("PutObject")
    known = taken(operation)
    for name in given:
        if name not in known and not name.startswith(("x-amz-meta-", "x-ignore-")):
            raise UnsupportedError(f"the field {name!r} of a posted form is not modelled")
    return {"Key": form.object_key, "Body": form.content, **read(operation, given), **expires}


def _conditions(policy: Mapping[str, Any]) -> list[list[Any]]:
    """Return the conditions, the short ones written out."""
    found = []
    for condition in policy["conditions"]:
        if isinstance(condition, dict):
            found += [["eq", f"${name}", value] for name, value in condition.items()]
        else:
            found.append(condition)
    return found


def _is_list(operator: str, field: str) -> bool:
    """Whether the commas in a field's value part values that each have to meet the condition."""
    return operator == "starts-with" and field == "content-type"


def _require_condition(operator: str, given: str, value: str, condition: list[Any]) -> None:
    holds = given.startswith(value) if operator == "starts-with" else given == value
    if not holds:
        raise _denied(f"Policy Condition failed: {json.dumps(condition)}")


def _require_size(size: int, smallest: int, largest: int) -> None:
    if size > largest:
        raise ServiceError(
            "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"
        )
    if size < smallest:
        raise ServiceError(
            "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"
        )


def _denied(reason: str) -> ServiceError:
    return ServiceError(
        "AccessDenied", f"Invalid according to Policy: {reason}", status=_FORBIDDEN
    )


def _invalid(message: str) -> ServiceError:
    return ServiceError("InvalidArgument", message)
