"""What a bucket keeps beside its objects: CloudFormation's words turned into those of the API.

Source: CloudFormation template reference, "AWS::S3::Bucket"; S3 API reference, the PutBucket calls.
"""

from datetime import datetime
from typing import Any

from harness.services.s3.moments import moment
from harness.world.template.block import Block, Vocabulary, vocabulary

_TAG_WORDS = vocabulary("Key Value")
_CORS_WORDS = vocabulary("CorsRules")
_CORS_RULE_WORDS = vocabulary(
    "AllowedHeaders AllowedMethods AllowedOrigins ExposedHeaders Id MaxAge"
)
_ENCRYPTION_WORDS = vocabulary("ServerSideEncryptionConfiguration")
_ENCRYPTION_RULE_WORDS = vocabulary("BucketKeyEnabled ServerSideEncryptionByDefault")
_ALGORITHM_WORDS = vocabulary("KMSMasterKeyID SSEAlgorithm")
_ACCESS_WORDS = vocabulary(
    "BlockPublicAcls BlockPublicPolicy IgnorePublicAcls RestrictPublicBuckets"
)
_OWNERSHIP_WORDS = vocabulary("Rules")
_OWNERSHIP_RULE_WORDS = vocabulary("ObjectOwnership")
_VERSIONING_WORDS = vocabulary("Status")
_LIFECYCLE_WORDS = vocabulary("Rules", refused="TransitionDefaultMinimumObjectSize")
_RULE_WORDS = vocabulary(
    "AbortIncompleteMultipartUpload ExpirationDate ExpirationInDays ExpiredObjectDeleteMarker Id "
    "NoncurrentVersionExpiration NoncurrentVersionExpirationInDays NoncurrentVersionTransition "
    "NoncurrentVersionTransitions ObjectSizeGreaterThan ObjectSizeLessThan Prefix Status "
    "TagFilters Transition Transitions",
)
_ABORT_WORDS = vocabulary("DaysAfterInitiation")
_NONCURRENT_WORDS = vocabulary("NewerNoncurrentVersions NoncurrentDays")
_NONCURRENT_TRANSITION_WORDS = vocabulary("NewerNoncurrentVersions StorageClass TransitionInDays")
_TRANSITION_WORDS = vocabulary("StorageClass TransitionDate TransitionInDays")

_OWNERSHIPS = ("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")
_DAYS_MAX = 2**31 - 1


def read_settings(bucket: Block) -> dict[str, Any]:
    """Return what is to be put after the bucket has been created: API parameter -> document."""
    found = {
        "VersioningConfiguration": _versioning(bucket),
        "Tagging": _tags(bucket),
        "CORSConfiguration": _cors(bucket),
        "LifecycleConfiguration": _lifecycle(bucket),
        "ServerSideEncryptionConfiguration": _encryption(bucket),
        "PublicAccessBlockConfiguration": _access(bucket),
        "OwnershipControls": _ownership(bucket),
    }
    return {parameter: document for parameter, document in found.items() if document is not None}


def _versioning(bucket: Block) -> dict[str, Any] | None:
    block = bucket.block("VersioningConfiguration", _VERSIONING_WORDS)
    if block is None:
        return None
    status = block.choice("Status", ("Enabled", "Suspended"))
    if status is None:
        raise block.missing("Status")
    return {"Status": status}


def _tags(bucket: Block) -> dict[str, Any] | None:
    tags = [_tag(block) for block in bucket.blocks("Tags", _TAG_WORDS)]
    return {"TagSet": tags} if tags else None


def _tag(block: Block) -> dict[str, str]:
    return {"Key": block.required("Key"), "Value": block.text("Value") or ""}


def _cors(bucket: Block) -> dict[str, Any] | None:
    block = bucket.block("CorsConfiguration", _CORS_WORDS)
    if block is None:
        return None
    return {
        "CORSRules": [_cors_rule(rule) for rule in block.blocks("CorsRules", _CORS_RULE_WORDS)]
    }


def _cors_rule(rule: Block) -> dict[str, Any]:
    lists = {
        "AllowedHeaders": rule.texts("AllowedHeaders"),
        "AllowedMethods": rule.texts("AllowedMethods"),
        "AllowedOrigins": rule.texts("AllowedOrigins"),
        "ExposeHeaders": rule.texts("ExposedHeaders"),
    }
    for needed in ("AllowedMethods", "AllowedOrigins"):
        if not lists[needed]:
            raise rule.missing(needed)
    single = {"ID": rule.text("Id"), "MaxAgeSeconds": rule.integer("MaxAge", 0, _DAYS_MAX)}
    return {**_given(lists), **_given(single)}


def _encryption(bucket: Block) -> dict[str, Any] | None:
    block = bucket.block("BucketEncryption", _ENCRYPTION_WORDS)
    if block is None:
        return None
    rules = []
    for rule in block.blocks("ServerSideEncryptionConfiguration", _ENCRYPTION_RULE_WORDS):
        applied = rule.block("ServerSideEncryptionByDefault", _ALGORITHM_WORDS)
        default = None
        if applied is not None:
            default = _given(
                {
                    "SSEAlgorithm": applied.required("SSEAlgorithm"),
                    "KMSMasterKeyID": applied.text("KMSMasterKeyID"),
                }
            )
        key = rule.boolean("BucketKeyEnabled", default=False) or None
        rules.append(
            _given({"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": key})
        )
    return {"Rules": rules}


def _access(bucket: Block) -> dict[str, Any] | None:
    block = bucket.block("PublicAccessBlockConfiguration", _ACCESS_WORDS)
    if block is None:
        return None
    return {name: block.boolean(name, default=False) for name in sorted(_ACCESS_WORDS.modelled)}


def _ownership(bucket: Block) -> dict[str, Any] | None:
    block = bucket.block("OwnershipControls", _OWNERSHIP_WORDS)
    if block is None:
        return None
    rules = block.blocks("Rules", _OWNERSHIP_RULE_WORDS)
    return {
        "Rules": [
            {"ObjectOwnership": rule.choice("ObjectOwnership", _OWNERSHIPS)} for rule in rules
        ]
    }


def _lifecycle(bucket: Block) -> dict[str, Any] | None:
    block = bucket.block("LifecycleConfiguration", _LIFECYCLE_WORDS)
    if block is None:
        return None
    return {"Rules": [_lifecycle_rule(rule) for rule in block.blocks("Rules", _RULE_WORDS)]}


def _lifecycle_rule(rule: Block) -> dict[str, Any]:
    status = rule.choice("Status", ("Enabled", "Disabled"))
    if status is None:
        raise rule.missing("Status")
    abort = rule.block("AbortIncompleteMultipartUpload", _ABORT_WORDS)
    marker = rule.boolean("ExpiredObjectDeleteMarker", default=False) or None
    expiration = _given(
        {
            "Date": _date(rule, "ExpirationDate"),
            "Days": rule.integer("ExpirationInDays", 1, _DAYS_MAX),
            "ExpiredObjectDeleteMarker": marker,
        }
    )
    return _given(
        {
            "ID": rule.text("Id"),
            "Status": status,
            "Expiration": expiration or None,
            "Transitions": _transitions(rule),
            "NoncurrentVersionExpiration": _noncurrent_expiration(rule),
            "NoncurrentVersionTransitions": _noncurrent_transitions(rule),
            "AbortIncompleteMultipartUpload": None if abort is None else _days_of(abort),
        }
    ) | {"Filter": _filter(rule)}  # an empty one means every object


def _days_of(abort: Block) -> dict[str, Any]:
    return _given({"DaysAfterInitiation": abort.integer("DaysAfterInitiation", 1, _DAYS_MAX)})


def _filter(rule: Block) -> dict[str, Any]:
    """Return the filter: what chooses objects, under ``And`` where it is more than one thing."""
    parts = _given(
        {
            "Prefix": rule.text("Prefix"),
            "ObjectSizeGreaterThan": rule.integer("ObjectSizeGreaterThan", 0, 2**63 - 1),
            "ObjectSizeLessThan": rule.integer("ObjectSizeLessThan", 1, 2**63 - 1),
        }
    )
    tags = [_tag(block) for block in rule.blocks("TagFilters", _TAG_WORDS)]
    if len(parts) + len(tags) > 1:
        return {"And": {**parts, **({"Tags": tags} if tags else {})}}
    return {"Tag": tags[0]} if tags else parts


def _transitions(rule: Block) -> list[dict[str, Any]]:
    blocks = _one_or_many(rule, "Transition", "Transitions", _TRANSITION_WORDS)
    return [
        _given(
            {
                "StorageClass": block.required("StorageClass"),
                "Date": _date(block, "TransitionDate"),
                "Days": block.integer("TransitionInDays", 0, _DAYS_MAX),
            }
        )
        for block in blocks
    ]


def _noncurrent_transitions(rule: Block) -> list[dict[str, Any]]:
    names = ("NoncurrentVersionTransition", "NoncurrentVersionTransitions")
    return [
        _given(
            {
                "StorageClass": block.required("StorageClass"),
                "NoncurrentDays": block.integer("TransitionInDays", 0, _DAYS_MAX),
                "NewerNoncurrentVersions": block.integer("NewerNoncurrentVersions", 1, 100),
            }
        )
        for block in _one_or_many(rule, *names, _NONCURRENT_TRANSITION_WORDS)
    ]


def _noncurrent_expiration(rule: Block) -> dict[str, Any] | None:
    block = rule.block("NoncurrentVersionExpiration", _NONCURRENT_WORDS)
    if block is None:
        days = rule.integer("NoncurrentVersionExpirationInDays", 1, _DAYS_MAX)
        return None if days is None else {"NoncurrentDays": days}
    return _given(
        {
            "NoncurrentDays": block.integer("NoncurrentDays", 1, _DAYS_MAX),
            "NewerNoncurrentVersions": block.integer("NewerNoncurrentVersions", 1, 100),
        }
    )


def _date(block: Block, name: str) -> datetime | None:
    text = block.text(name)
    try:
        return None if text is None else moment(text)
    except ValueError as error:
        raise block.wrong(name, "an instant such as 2026-01-05T00:00:00Z") from error


def _one_or_many(rule: Block, one: str, many: str, words: Vocabulary) -> list[Block]:
    """Return the blocks of a list, or the single one of the older spelling."""
    single = rule.block(one, words)
    if single is not None and many in rule:
        raise rule.broken(one, f"{one!r} and {many!r} cannot both be given")
    return rule.blocks(many, words) if single is None else [single]


def _given(members: dict[str, Any]) -> dict[str, Any]:
    """Return the members that are there."""
    return {name: value for name, value in members.items() if value is not None and value != []}
