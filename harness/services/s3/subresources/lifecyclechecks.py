"""What S3 finds wrong with a lifecycle configuration: rule by rule, and between rules.

(S3 API reference, "PutBucketLifecycleConfiguration"; S3 user guide, "Lifecycle configuration
elements"; texts as AWS gave them to those who report them in public issues, and to LocalStack)
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, time
from itertools import combinations, pairwise
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.s3.errors import invalid_argument, invalid_request, malformed
from harness.services.s3.moments import moment

Rule = Mapping[str, Any]
_MIDNIGHT = time(tzinfo=UTC)

_ACTIONS = (
    "Expiration",
    "Transitions",
    "NoncurrentVersionTransitions",
    "NoncurrentVersionExpiration",
    "AbortIncompleteMultipartUpload",
)
_ID_LENGTH_MAX = 255
_EXPIRATIONS = ("Date", "Days", "ExpiredObjectDeleteMarker")
_DAYS_STORED_MIN = {"STANDARD_IA": 30, "ONEZONE_IA": 30, "GLACIER_IR": 90, "GLACIER": 90}
"""Storage class -> for how many days a rule that moves objects into it leaves them there."""

_SIZE_MAX = 1_099_511_627_776_000
_SECOND_VERSION = "{} can only be used in Lifecycle V2."


def check_rule(rule: Rule) -> None:
    """Raise what is wrong with *rule* by itself."""
    if rule.get("Status") not in ("Enabled", "Disabled"):
        raise malformed()
    if len(rule.get("ID", "")) > _ID_LENGTH_MAX:
        raise invalid_argument(f"ID length should not exceed allowed limit of {_ID_LENGTH_MAX}")
    if ("Filter" in rule) == ("Prefix" in rule):
        raise malformed()
    chosen = _filter_parts(rule.get("Filter", {}))
    if not any(action in rule and rule[action] != [] for action in _ACTIONS):
        raise invalid_request("At least one action needs to be specified in a rule")
    _check_sizes(chosen)
    _check_expiration(rule.get("Expiration"))
    _check_noncurrent(rule)
    _check_transitions(rule)
    _check_what_filters_forbid(rule, chosen)


def check_together(rules: Sequence[Rule]) -> None:
    """Raise where rules are written in both versions of the schema, or are in each other's way."""
    is_second = "Filter" in rules[0]
    for rule in rules:
        if is_second and "Prefix" in rule:
            raise invalid_request(
                "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in"
                " the Filter."
            )
        if not is_second and "Filter" in rule:
            raise invalid_request(_SECOND_VERSION.format("Filter element"))
        newer = "NewerNoncurrentVersions" in rule.get("NoncurrentVersionExpiration", {})
        if not is_second and newer:
            raise invalid_request(_SECOND_VERSION.format("NewerNoncurrentVersions element"))
    if not is_second:
        _check_prefixes(rules)


def _filter_parts(chosen: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the filter's parts, side by side, or raise unless it has one or an ``And`` of more."""
    if len(chosen) > 1:
        raise malformed()
    if "And" not in chosen:
        return {"Tags": [chosen["Tag"]]} if "Tag" in chosen else chosen
    both: Mapping[str, Any] = chosen["And"]
    if len(both) < 2 and len(both.get("Tags", ())) < 2:  # noqa: PLR2004 - there is no "and" of one
        raise malformed()
    keys = [tag["Key"] for tag in both.get("Tags", ())]
    if len(set(keys)) != len(keys):
        raise ServiceError("InvalidRequest", "Duplicate Tag Keys are not allowed.")
    return both


def _check_sizes(chosen: Mapping[str, Any]) -> None:
    above, below = (chosen.get(f"ObjectSize{name}Than") for name in ("Greater", "Less"))
    if below is not None and not 1 <= below <= _SIZE_MAX:
        raise invalid_request(f"'ObjectSizeLessThan' should be between 1 and {_SIZE_MAX}.")
    if above is not None and below is not None and above >= below:
        raise invalid_request(
            "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'."
        )


def _check_expiration(expiration: Mapping[str, Any] | None) -> None:
    if expiration is None:
        return
    if sum(name in expiration for name in _EXPIRATIONS) != 1:
        raise malformed()
    if expiration.get("Days", 1) <= 0:
        raise invalid_argument("'Days' for Expiration action must be a positive integer")
    _check_date(expiration)


def _check_date(action: Mapping[str, Any]) -> None:
    if "Date" in action and moment(action["Date"]).astimezone(UTC).timetz() != _MIDNIGHT:
        given = moment(action["Date"]).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        raise invalid_argument("'Date' must be at midnight GMT", "Date", given)


def _check_noncurrent(rule: Rule) -> None:
    expiration = rule.get("NoncurrentVersionExpiration")
    transitions = rule.get("NoncurrentVersionTransitions", ())
    for transition in transitions:
        if not {"NoncurrentDays", "StorageClass"} <= transition.keys():
            raise malformed()
    if expiration is None:
        return
    if "NoncurrentDays" not in expiration:
        raise malformed()
    days = expiration["NoncurrentDays"]
    for name in ("NoncurrentDays", "NewerNoncurrentVersions"):
        if expiration.get(name, 1) <= 0:
            raise invalid_argument(
                f"'{name}' for NoncurrentVersionExpiration action must be a positive integer"
            )
    if any(transition["NoncurrentDays"] >= days for transition in transitions):
        raise invalid_argument(
            "'NoncurrentDays' in the NoncurrentVersionExpiration action must be greater than"
            " 'NoncurrentDays' in the NoncurrentVersionTransition action"
        )


def _check_transitions(rule: Rule) -> None:
    transitions = rule.get("Transitions", ())
    for transition in transitions:
        storage_class = transition.get("StorageClass")
        if storage_class is None or ("Days" in transition) == ("Date" in transition):
            raise malformed()
        _check_date(transition)
    if len({transition["StorageClass"] for transition in transitions}) < len(transitions):
        raise invalid_argument(
            "'StorageClass' must be different for 'Transition' actions in same 'Rule' with"
            f" {_told(rule)}"
        )
    _check_order(rule, transitions)


def _check_order(rule: Rule, transitions: Sequence[Mapping[str, Any]]) -> None:
    """Raise unless the object moves before it expires, both by days or both by dates."""
    expiration = rule.get("Expiration", {})
    timed = [*transitions, *([expiration] if expiration.keys() & {"Days", "Date"} else [])]
    if len({"Days" in action for action in timed}) > 1:
        raise invalid_argument(
            "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle"
            f" rule for {_told(rule)}"
        )
    _check_stays(rule, [transition for transition in transitions if "Days" in transition])
    last = expiration.get("Days")
    if last is not None and any(transition["Days"] >= last for transition in transitions):
        raise invalid_argument(
            f"'Days' in the Expiration action for {_told(rule)} must be greater than 'Days' in the"
            " Transition action"
        )


def _check_stays(rule: Rule, transitions: Sequence[Mapping[str, Any]]) -> None:
    """Raise where objects would move on before they have been stored for their class's time."""
    for earlier, later in pairwise(sorted(transitions, key=lambda each: int(each["Days"]))):
        least = _DAYS_STORED_MIN.get(earlier["StorageClass"], 0)
        if later["Days"] - earlier["Days"] < least:
            # That it is refused is documented; how it is told is not.
            raise invalid_argument(
                f"'Days' in the 'Transition' action for StorageClass '{later['StorageClass']}' for"
                f" {_told(rule)} must be {least} days more than in the 'Transition' action for"
                f" StorageClass '{earlier['StorageClass']}'"
            )


def _check_what_filters_forbid(rule: Rule, chosen: Mapping[str, Any]) -> None:
    by_size = chosen.keys() & {"ObjectSizeGreaterThan", "ObjectSizeLessThan"}
    abort = rule.get("AbortIncompleteMultipartUpload")
    is_marker = "ExpiredObjectDeleteMarker" in rule.get("Expiration", {})
    for is_chosen, told in ((chosen.get("Tags"), "Tags"), (by_size, "Object Size")):
        if is_chosen and abort is not None:
            raise invalid_request(
                f"AbortIncompleteMultipartUpload cannot be specified with {told}."
            )
        if is_chosen and is_marker:
            raise invalid_request(f"ExpiredObjectDeleteMarker cannot be specified with {told}.")
    if abort is not None and abort.get("DaysAfterInitiation", 0) <= 0:
        raise invalid_argument(
            "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive"
            " integer"
        )


def _check_prefixes(rules: Sequence[Rule]) -> None:
    for first, second in combinations(rules, 2):
        shorter, longer = sorted((first["Prefix"], second["Prefix"]), key=len)
        if "Expiration" in first and "Expiration" in second and longer.startswith(shorter):
            raise invalid_request(
                f"Found overlapping prefixes '{first['Prefix']}' and '{second['Prefix']}' for same"
                " action type 'Expiration'"
            )


def _told(rule: Rule) -> str:
    """Return how S3's errors name what a rule is about."""
    if "Prefix" in rule:
        return f"prefix '{rule['Prefix']}'"
    return f"filter '(prefix={rule['Filter'].get('Prefix', '')})'"
