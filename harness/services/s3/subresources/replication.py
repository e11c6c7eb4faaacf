"""Replication: which objects another bucket shall have, too.  Here nothing is ever copied there.

(S3 API reference, "PutBucketReplication"; S3 user guide, "Replication configuration file elements")
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import invalid_argument, invalid_request, malformed
from harness.services.s3.subresources.setting import Setting

_RULES_MAX = 1_000
_NEEDED = (
    "{} must be specified for this version of Cross Region Replication configuration schema. "
    "Please refer to S3 Developer Guide for more information."
)


def _checked(given: Any, bucket: Bucket, buckets: Buckets) -> dict[str, Any]:
    if bucket.versioning != "Enabled":
        raise invalid_request(
            "Versioning must be 'Enabled' on the bucket to apply a replication configuration"
        )
    rules = given["Rules"]
    if not 1 <= len(rules) <= _RULES_MAX:
        raise malformed()
    for rule in rules:
        _require_rule(rule)
        _require_destination(rule["Destination"], buckets)
    made = buckets.surroundings.identifiers
    return {
        "Role": given["Role"],
        "Rules": [{"ID": made.uuid("s3.replication"), **deepcopy(rule)} for rule in rules],
    }


def _require_rule(rule: Mapping[str, Any]) -> None:
    if rule["Status"] not in ("Enabled", "Disabled") or ("Filter" in rule and "Prefix" in rule):
        raise malformed()
    if "Filter" in rule:
        for name in ("Priority", "DeleteMarkerReplication"):
            if name not in rule:
                raise invalid_request(_NEEDED.format(name))


def _require_destination(destination: Mapping[str, Any], buckets: Buckets) -> None:
    arn = destination["Bucket"]
    identity = buckets.surroundings.identity
    beginning = identity.partition.arn("s3", "")
    if not arn.startswith(beginning):
        raise invalid_argument("Invalid bucket ARN", "Bucket", arn)
    own = identity.account_id
    if destination.get("Account", own) != own:
        return  # another account's buckets are not seen from here
    there = buckets.buckets.get(arn.removeprefix(beginning))
    if there is None or there.versioning != "Enabled":
        raise invalid_request("Destination bucket must have versioning enabled.")


OPERATIONS = Setting(
    "replication",
    "ReplicationConfiguration",
    _checked,
    lambda kept: {"ReplicationConfiguration": deepcopy(kept)},
    missing=(
        "ReplicationConfigurationNotFoundError",
        "The replication configuration was not found",
    ),
).operations("PutBucketReplication", "GetBucketReplication", "DeleteBucketReplication")
