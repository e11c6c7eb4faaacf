"""A static website: nobody fetches pages here."""

from typing import Any

from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import invalid_argument, invalid_request, malformed
from harness.services.s3.subresources.setting import Setting


def _checked(given: Any, _bucket: Bucket, _buckets: Buckets) -> dict[str, Any]:
    if "RedirectAllRequestsTo" in given:
        if len(given) > 1:
            raise invalid_argument(
                "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
                "RedirectAllRequestsTo",
                "not null",
            )
        return dict(given)
    index = given.get("IndexDocument")
    if index is None:
        raise invalid_argument(
            "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
            "IndexDocument",
            "null",
        )
    if not index["Suffix"] or "/" in index["Suffix"]:
        raise invalid_argument(
            "The IndexDocument Suffix is not well formed", "IndexDocument", index["Suffix"]
        )
    if "RoutingRules" in given:
        if not given["RoutingRules"]:
            raise malformed()
        for rule in given["RoutingRules"]:
            _require_rule(rule)
    return dict(given)


def _require_rule(rule: Any) -> None:
    redirect = rule["Redirect"]
    if redirect.get("Protocol", "http") not in ("http", "https"):
        raise invalid_request(
            "Invalid protocol, protocol can be http or https. If not defined the protocol will be "
            "selected automatically."
        )
    if {"ReplaceKeyWith", "ReplaceKeyPrefixWith"} <= redirect.keys():
        raise invalid_request("You can only define ReplaceKeyPrefix or ReplaceKey but not both.")
    if rule.get("Condition") == {}:
        raise invalid_request(
            "Condition cannot be empty. To redirect all requests without a condition, the "
            "condition element shouldn't be present."
        )


OPERATIONS = Setting(
    "website",
    "WebsiteConfiguration",
    _checked,
    dict,
    missing=(
        "NoSuchWebsiteConfiguration",
        "The specified bucket does not have a website configuration",
    ),
).operations("PutBucketWebsite", "GetBucketWebsite", "DeleteBucketWebsite")
