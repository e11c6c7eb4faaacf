"""Whether an answer is one that AWS could give: known members of the right sort, known codes."""

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
        "AccessControlListNotSupported", "AccessDenied", "BadDigest", "InvalidBucketOwnerAWSAccountID", "BadRequest", "BucketAlreadyExists", "BucketAlreadyOwnedByYou", "BucketNotEmpty",
        "EntityTooLarge", "EntityTooSmall", "IllegalLocationConstraintException", "InvalidArgument",
        "InvalidBucketName", "InvalidDigest", "InvalidPart", "InvalidPartNumber", "InvalidPartOrder", "InvalidRange",
        "InvalidRequest", "InvalidStorageClass", "InvalidTag", "KeyTooLongError", "MalformedXML",
        "MetadataTooLarge", "MethodNotAllowed", "NoSuchBucket", "NoSuchKey", "NoSuchTagSet", "NoSuchUpload", "NoSuchVersion",
        "PreconditionFailed", "304", "404", "405", "400", "403", "412", "416", "UnexpectedContent", "InvalidLocationConstraint",
        "ConditionalRequestConflict", "NotImplemented", "XAmzContentSHA256Mismatch", "InvalidBucketState",
        "IllegalVersioningConfigurationException", "ObjectLockConfigurationNotFoundError", "NoSuchBucketPolicy", "MalformedPolicy", "InvalidEncryptionAlgorithmError", "OperationAborted", "IncompleteBody", "InvalidURI", "InvalidObjectState", "InvalidAccessPoint", "UnsupportedArgument", "NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration", "ServerSideEncryptionConfigurationNotFoundError", "InvalidCopySource", "NoSuchPublicAccessBlockConfiguration", "OwnershipControlsNotFoundError", "NoSuchWebsiteConfiguration", "InvalidTargetBucketForLogging", "MissingContentLength", "MissingRequestBodyError", "InvalidToken", "NoSuchObjectLockConfiguration", "NoSuchConfiguration", "MalformedACLError", "MissingSecurityHeader", "IdMismatch", "InvalidS3DestinationBucket", "InvalidNamespaceHeader", "RestoreAlreadyInProgress", "ReplicationConfigurationNotFoundError",
        "InvalidBucketAclWithObjectOwnership", "InvalidBucketAclWithBlockPublicAccessError", "MissingNamespaceHeader",
    },
    "sqs": {
        "InvalidParameterValue", "InvalidParameterValueException", "MissingParameter", "InvalidAttributeValue", "AccessDenied",
        "InvalidAttributeName", "NonExistentQueue", "SerializationException", "QueueAlreadyExists", "QueueDeletedRecently",
    },
}  # fmt: skip
"""Codes that a service's documentation lists and botocore's model does not."""


@lru_cache(maxsize=512)
def _codes(service: str, operation: OperationModel) -> frozenset[str]:
    shapes = operation.service_model.error_shapes
    codes = set(_COMMON[service])
    for shape in shapes:
        codes |= {shape.name, shape.metadata.get("error", {}).get("code", shape.name)}
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
    """Return the first place below *path* where *value* is not what *shape* says."""
    kind = shape.type_name
    if value is None and shape.name == "BucketLocationConstraint":
        return ""  # what botocore makes of us-east-1
    if not isinstance(value, _types(shape)):
        return f"{path or '.'} ({type(value).__name__})"
    if kind == "structure":
        below = (
            _strange(shape.members[name], member, f"{path}.{name}")
            if name in shape.members
            else f"{path}.{name}"
            for name, member in value.items()
        )
    elif kind == "list":
        below = (_strange(shape.member, member, f"{path}[]") for member in value)
    elif kind == "map":
        below = (_strange(shape.value, member, path + "{}") for member in value.values())
    else:
        return ""
    return next(filter(None, below), "")


def _types(shape: Shape) -> Any:
    return {
        "string": (str,),
        "integer": (int,),
        "long": (int,),
        "float": (float, int),
        "double": (float, int),
        "boolean": (bool,),
        "blob": (bytes, StreamingBody),
        "timestamp": (datetime,),
        "structure": (dict,),
        "list": (list,),
        "map": (dict,),
    }.get(shape.type_name, (object,))
