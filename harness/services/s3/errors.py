"""The errors S3 answers with, in AWS's wording.

Texts: LocalStack's recordings of AWS (``test_s3``, ``test_s3_api``, ``test_s3_preconditions``).
"""

from harness.services.base.errors import ServiceError

_FORBIDDEN = 403
_NOT_FOUND = 404
_NOT_ALLOWED = 405
_CONFLICT = 409
_PRECONDITION_FAILED = 412
_RANGE_NOT_SATISFIABLE = 416
_NOT_IMPLEMENTED = 501


def no_such_bucket(bucket_name: str) -> ServiceError:
    """Return the error for a bucket that does not exist."""
    return ServiceError(
        "NoSuchBucket",
        "The specified bucket does not exist",
        status=_NOT_FOUND,
        error_fields={"BucketName": bucket_name},
    )


def no_such_key(object_key: str) -> ServiceError:
    """Return the error for an object that does not exist."""
    return ServiceError(
        "NoSuchKey",
        "The specified key does not exist.",
        status=_NOT_FOUND,
        error_fields={"Key": object_key},
    )


def no_such_version(object_key: str, version_id: str) -> ServiceError:
    """Return the error for a version that does not exist."""
    return ServiceError(
        "NoSuchVersion",
        "The specified version does not exist.",
        status=_NOT_FOUND,
        error_fields={"Key": object_key, "VersionId": version_id},
    )


def no_such_upload(upload_id: str) -> ServiceError:
    """Return the error for an upload that was never begun, is complete or was aborted."""
    return ServiceError(
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may "
        "have been aborted or completed.",
        status=_NOT_FOUND,
        error_fields={"UploadId": upload_id},
    )


def hidden_by_delete_marker(object_key: str, version_id: str) -> ServiceError:
    """Return the error for an object that its newest version, a delete marker, hides."""
    headers = {"x-amz-delete-marker": "true", "x-amz-version-id": version_id}
    return ServiceError(
        "NoSuchKey",
        "The specified key does not exist.",
        status=_NOT_FOUND,
        error_fields={"Key": object_key},
        headers=headers,
    )


def access_denied(message: str = "Access Denied") -> ServiceError:
    """Return an AccessDenied."""
    return ServiceError("AccessDenied", message, status=_FORBIDDEN)


def malformed() -> ServiceError:
    """Return the error for a document that is not as S3 wants it."""
    return ServiceError(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published "
        "schema",
    )


def invalid_object_state(storage_class: str, message: str | None = None) -> ServiceError:
    """Return the error for what cannot be done in a storage class: reading from an archive."""
    return ServiceError(
        "InvalidObjectState",
        message or "The operation is not valid for the object's storage class",
        status=_FORBIDDEN,
        error_fields={"StorageClass": storage_class},
    )


def not_found(code: str, message: str, bucket_name: str) -> ServiceError:
    """Return the error for a part of a bucket's configuration that is not there."""
    return ServiceError(code, message, status=_NOT_FOUND, error_fields={"BucketName": bucket_name})


def delete_marker_not_allowed(method: str, version_id: str) -> ServiceError:
    """Return the error for reading a delete marker by its version id."""
    return ServiceError(
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
        status=_NOT_ALLOWED,
        error_fields={"Method": method, "ResourceType": "DeleteMarker"},
        headers={
            "allow": "DELETE",
            "x-amz-delete-marker": "true",
            "x-amz-version-id": version_id,
        },
    )


def precondition_failed(condition: str) -> ServiceError:
    """Return the error for a *condition* such as ``If-Match`` that does not hold."""
    return ServiceError(
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold",
        status=_PRECONDITION_FAILED,
        error_fields={"Condition": condition},
    )


def overtaken(condition: str, object_key: str) -> ServiceError:
    """Return the error for a *condition* that holds of what was not there when a writer began."""
    return ServiceError(
        "ConditionalRequestConflict",
        "The conditional request cannot succeed due to a conflicting operation against this "
        "resource.",
        status=_CONFLICT,
        error_fields={"Condition": condition, "Key": object_key},
    )


def not_modified(etag: str) -> ServiceError:
    """Return the answer 304, which botocore raises as an error."""
    return ServiceError("304", "Not Modified", status=304, headers={"etag": f'"{etag}"'})


def not_implemented(header: str, reason: str) -> ServiceError:
    """Return the error for a *header* that S3 does not implement here, and why."""
    return ServiceError(
        "NotImplemented",
        "A header you provided implies functionality that is not implemented",
        status=_NOT_IMPLEMENTED,
        error_fields={"Header": header, "additionalMessage": reason},
    )


def invalid_range(requested: str, size: int) -> ServiceError:
    """Return the error for a range that begins past the end."""
    return ServiceError(
        "InvalidRange",
        "The requested range is not satisfiable",
        status=_RANGE_NOT_SATISFIABLE,
        error_fields={"ActualObjectSize": str(size), "RangeRequested": requested},
    )


def invalid_part_number(requested: int, part_count: int) -> ServiceError:
    """Return the error for reading a part that the object does not have."""
    return ServiceError(
        "InvalidPartNumber",
        "The requested partnumber is not satisfiable",
        status=_RANGE_NOT_SATISFIABLE,
        error_fields={"ActualPartCount": str(part_count), "PartNumberRequested": str(requested)},
    )


def invalid_request(message: str) -> ServiceError:
    """Return an InvalidRequest."""
    return ServiceError("InvalidRequest", message)


def invalid_argument(message: str, name: str | None = None, value: object = None) -> ServiceError:
    """Return an InvalidArgument, about the argument *name* and its *value* if they are to blame."""
    fields = {} if name is None else {"ArgumentName": name}
    if value is not None:
        fields["ArgumentValue"] = str(value)
    return ServiceError("InvalidArgument", message, error_fields=fields)


def conflict(code: str, message: str, bucket_name: str) -> ServiceError:
    """Return an error about the state of a bucket."""
    return ServiceError(code, message, status=_CONFLICT, error_fields={"BucketName": bucket_name})


def as_head(error: ServiceError) -> ServiceError:
    """Return *error* as the answer to a HEAD request: without a body there is only the status."""
    texts = {304: "Not Modified", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
    texts |= {403: "Forbidden", 412: "Precondition Failed", 416: "Requested Range Not Satisfiable"}
    return ServiceError(
        str(error.status), texts[error.status], status=error.status, headers=error.headers
    )
