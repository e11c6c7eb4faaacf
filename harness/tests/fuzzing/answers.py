"""Is an answer one that AWS could give: known members of the right sort, known error codes?"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from botocore.model import OperationModel, Shape
from botocore.response import StreamingBody

_COMMON = {
    "cloudwatch": {"InvalidParameterValue", "InvalidParameterCombination", "MissingParameter", "ValidationError"},
    "dynamodb": {"ValidationException", "SerializationException", "AccessDeniedException", "UnrecognizedClientException"},
    "dynamodbstreams": {"ValidationException", "SerializationException", "AccessDeniedException"},
    "kinesis": {"ValidationException", "SerializationException", "AccessDeniedException"},
    "s3": {
        "AccessDenied", "BadDigest", "BucketAlreadyExists", "BucketAlreadyOwnedByYou", "BucketNotEmpty",
        "EntityTooLarge", "EntityTooSmall", "IllegalLocationConstraintException", "InvalidArgument",
        "InvalidBucketName", "InvalidDigest", "InvalidPart", "InvalidPartNumber", "InvalidPartOrder", "InvalidRange",
        "InvalidRequest", "InvalidStorageClass", "InvalidTag", "KeyTooLongError", "MalformedXML",
        "MetadataTooLarge", "MethodNotAllowed", "NoSuchBucket", "NoSuchKey", "NoSuchTagSet", "NoSuchUpload", "NoSuchVersion",
        "PreconditionFailed", "304", "404", "405", "400", "403", "412", "416", "UnexpectedContent", "InvalidLocationConstraint",
        "ConditionalRequestConflict", "NotImplemented", "XAmzContentSHA256Mismatch", "InvalidBucketState",
        "IllegalVersioningConfigurationException", "ObjectLockConfigurationNotFoundError", "NoSuchBucketPolicy", "MalformedPolicy", "InvalidEncryptionAlgorithmError", "OperationAborted", "IncompleteBody", "InvalidURI", "InvalidObjectState", "InvalidAccessPoint", "UnsupportedArgument", "NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration", "ServerSideEncryptionConfigurationNotFoundError", "InvalidCopySource", "NoSuchPublicAccessBlockConfiguration", "OwnershipControlsNotFoundError", "NoSuchWebsiteConfiguration", "InvalidTargetBucketForLogging", "MissingContentLength", "InvalidToken",
    },
    "sqs": {
        "InvalidParameterValue", "InvalidParameterValueException", "MissingParameter", "InvalidAttributeValue", "AccessDenied",
        "InvalidAttributeName", "NonExistentQueue", "QueueAlreadyExists", "QueueDeletedRecently",
    },
}  # fmt: skip
"""Codes that a service's documentation lists and botocore's model does not."""


@lru_cache(maxsize=512)
def _codes(service: str, operation: OperationModel) -> frozenset[str]:
    shapes = operation.service_model.error_shapes
    codes = set(_COMMON[service])
    for shape in shapes:
        codes.add(shape.name)
        codes.add(shape.error_code)
        compatible = shape.metadata.get("error", {}).get("code")
        if compatible:
            codes.add(compatible)
    return frozenset(codes)


def strange_code(service: str, operation: OperationModel, code: str) -> bool:
    """Whether the service has no error called *code*."""
    if service == "sqs":
        code = code.removeprefix("AWS.SimpleQueueService.")
    return code not in _codes(service, operation)


def strange_member(operation: OperationModel, output: dict[str, Any]) -> str:
    """Return the path of a member that botocore would not give so, or an empty text."""
    shape: Any = operation.output_shape
    rest = {name: value for name, value in output.items() if name != "ResponseMetadata"}
    if shape is None:
        return "" if not rest else min(rest)
    return _strange(shape, rest, "")


def _strange(shape: Any, value: Any, path: str) -> str:
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            return path or "."
        for name, member in value.items():
            found = (
                _strange(shape.members[name], member, f"{path}.{name}")
                if name in shape.members
                else f"{path}.{name}"
            )
            if found:
                return found
        return ""
    if kind == "list":
        if not isinstance(value, list):
            return path
        return next((s for item in value if (s := _strange(shape.member, item, path + "[]"))), "")
    if kind == "map":
        if not isinstance(value, dict):
            return path
        return next(
            (s for v in value.values() if (s := _strange(shape.value, v, path + "{}"))), ""
        )
    return "" if isinstance(value, _types(shape)) else f"{path} ({type(value).__name__})"


def _types(shape: Shape) -> tuple[type, ...]:
    return {
        "string": (str,),
        "integer": (int,),
        "long": (int,),
        "float": (float, int),
        "double": (float, int),
        "boolean": (bool,),
        "blob": (bytes, StreamingBody),
        "timestamp": (datetime,),
    }.get(shape.type_name, (object,))
