"""What a client gets back: the engine's output or error, in the form that botocore would give it."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError
from botocore.response import StreamingBody

from harness.gateway.httpheaders import HeaderPlan
from harness.services.base.errors import ServiceError

STREAMING_MEMBERS = {"s3.GetObject": "Body"}
"""Operation -> the member of its output that botocore gives as a stream."""

ASKED_FOR: Mapping[str, Mapping[str, Any]] = {
    f"s3.{name}": {"EncodingType": "url"}
    for name in ("ListObjects", "ListObjectsV2", "ListObjectVersions")
}
"""Operation -> what its output says because boto3 asks for it, and undoes it, by itself."""


def answered(
    streaming_member: str | None,
    output: dict[str, Any],
    request_id: str,
    attempts: int,
    plan: HeaderPlan | None = None,
) -> dict[str, Any]:
    """Return *output* with its metadata, and its body as a stream where botocore gives one."""
    if streaming_member is not None:
        output[streaming_member] = StreamingBody(output[streaming_member], output["ContentLength"])
    if plan is None:
        status, headers = 200, {"x-amzn-requestid": request_id}
    else:
        status = 206 if "ContentRange" in output else plan.status_of(output)
        headers = plan.headers(output, request_id)
    output["ResponseMetadata"] = {
        "RequestId": request_id,
        "HTTPStatusCode": status,
        "HTTPHeaders": headers,
        "RetryAttempts": attempts - 1,
    }
    return output


def refused(
    client: Any, operation: str, error: ServiceError, request_id: str, attempts: int
) -> ClientError:
    """Return the exception that botocore raises for *error*: the client's own class for its code."""
    told = {"Message": error.message, "Code": error.code, **error.error_fields}
    if client.meta.service_model.metadata["protocol"] == "rest-xml":
        # An element without a text is read as None.
        told = {name: None if text == "" else text for name, text in told.items()}
    parsed: dict[str, Any] = {
        "Error": told,
        "ResponseMetadata": {
            "RequestId": request_id,
            "HTTPStatusCode": error.status,
            "HTTPHeaders": {"x-amzn-requestid": request_id, **error.headers},
            "RetryAttempts": attempts - 1,
        },
        **_modelled(client, error),
        **error.fields,
    }
    # Services that once spoke the query protocol name the exception's class by the old code.
    code = error.error_fields.get("QueryErrorCode", error.code)
    exception: ClientError = client.exceptions.from_code(code)(parsed, operation)
    return exception


def _modelled(client: Any, error: ServiceError) -> dict[str, Any]:
    """Return what stands beside ``Error``: the members that the model gives the error's code."""
    shape = client.meta.service_model.shape_for_error_code(error.code)
    if shape is None:
        return {}
    texts = {"message": error.message, "Message": error.message, **error.error_fields}
    return {name: texts[name] for name in shape.members if name in texts}
