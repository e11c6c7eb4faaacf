"""A bucket's notification configuration: read from the caller's form, checked, and shown again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from harness.errors import UnsupportedError
from harness.kernel.identifiers import Identifiers
from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters
from harness.services.s3.errors import invalid_argument
from harness.services.s3.notifications import Notification, covers

_PREFIX_OR_SUFFIX = "filter rule name must be either prefix or suffix"
_AMBIGUOUS = (
    "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the "
    "prefixes are overlapping for the same event type."
)
_Kind = Literal["lambda", "sqs"]
_SHAPES: tuple[tuple[_Kind, str, str, str, str], ...] = (
    ("lambda", "LambdaFunctionConfigurations", "LambdaFunctionArn", "CloudFunction", "lambda"),
    ("sqs", "QueueConfigurations", "QueueArn", "Queue", "sqs"),
)
"""Kind, list, member with the ARN, its name in errors, and its service."""

_MODELLED_EVENTS = ("s3:ObjectCreated:", "s3:ObjectRemoved:")
_KNOWN_EVENTS = frozenset({
    *_MODELLED_EVENTS, "s3:IntelligentTiering", "s3:LifecycleExpiration:", "s3:LifecycleTransition",
    "s3:ObjectAcl:", "s3:ObjectAnnotation:", "s3:ObjectRestore:", "s3:ObjectRetention:",
    "s3:ObjectTagging:", "s3:ReducedRedundancyLostObject", "s3:Replication:",
})  # fmt: skip
"""Events, or the kinds of them, that AWS knows."""

_MODELLED_LISTS = frozenset(shape[1] for shape in _SHAPES)
_ARN_PARTS_MIN = 6


@dataclass(frozen=True, slots=True)
class NotificationsWanted:
    """A valid configuration that is about to hold: a listener that cannot serve it raises."""

    bucket_name: str
    notifications: tuple[Notification, ...]
    skips_validation: bool = False
    """Whether the caller wants destinations that do not exist let through."""


def read(
    configuration: Parameters, identifiers: Identifiers, region: str
) -> tuple[Notification, ...]:
    """Return the notifications of *configuration*, or raise for the first that AWS refuses.

    *region* is the bucket's.
    """
    for name in sorted(configuration.keys() - _MODELLED_LISTS):
        raise UnsupportedError(
            f"s3.PutBucketNotificationConfiguration: {name!r} is not modelled; leave it out"
        )
    notifications = []
    for kind, list_name, arn_name, argument, service in _SHAPES:
        for entry in configuration.get(list_name, ()):
            arn = entry[arn_name]
            _require_arn(arn, service, argument)
            _require_region(arn, region, argument)
            prefix, suffix = _filter(entry)
            notifications.append(
                Notification(
                    entry.get("Id") or identifiers.uuid("s3.notification"),
                    kind,
                    arn,
                    _events(entry["Events"]),
                    prefix,
                    suffix,
                )
            )
    _require_unambiguous(notifications)
    return tuple(notifications)


def unreachable_destinations(reasons: Sequence[tuple[str, str]]) -> ServiceError:
    """Return the error for destinations that cannot be told, for example a missing queue.

    Each comes with its ARN and with what keeps S3 from telling it.
    """
    fields: dict[str, str] = {}
    for number, (arn, reason) in enumerate(reasons, start=1):
        fields |= {f"ArgumentName{number}": arn, f"ArgumentValue{number}": reason}
    return ServiceError(
        "InvalidArgument",
        "Unable to validate the following destination configurations",
        error_fields=fields,
    )


def shown(notifications: Sequence[Notification]) -> dict[str, Any]:
    """Return *notifications* in the caller's form; rule names come back capitalised."""
    output: dict[str, Any] = {}
    for kind, list_name, arn_name, _, _ in _SHAPES:
        entries = [
            {
                "Id": notification.configuration_id,
                arn_name: notification.destination_arn,
                "Events": list(notification.events),
                **_shown_filter(notification),
            }
            for notification in notifications
            if notification.kind == kind
        ]
        if entries:
            output[list_name] = entries
    return output


def _shown_filter(notification: Notification) -> dict[str, Any]:
    rules = [
        {"Name": name, "Value": value}
        for name, value in (("Prefix", notification.prefix), ("Suffix", notification.suffix))
        if value
    ]
    return {"Filter": {"Key": {"FilterRules": rules}}} if rules else {}


def _require_arn(arn: str, service: str, argument: str) -> None:
    parts = arn.split(":")
    if len(parts) < _ARN_PARTS_MIN or parts[0] != "arn" or parts[2] != service:
        raise invalid_argument("The ARN could not be parsed", argument, arn)
    if service == "sqs" and arn.endswith(".fifo"):
        # That FIFO queues are refused is documented; the text is not recorded anywhere at hand.
        raise invalid_argument("FIFO SQS queues are not supported.", argument, arn)


def _require_region(arn: str, region: str, argument: str) -> None:
    if arn.split(":")[3] not in ("", region):
        raise invalid_argument(
            "The notification destination service region is not valid for the bucket location "
            "constraint",
            argument,
            arn,
        )


def _events(events: Sequence[str]) -> tuple[str, ...]:
    for event in events:
        if event.rpartition(":")[0] + ":" not in _KNOWN_EVENTS and event not in _KNOWN_EVENTS:
            raise invalid_argument("The event is not supported for notifications", event)
        if not event.startswith(_MODELLED_EVENTS):
            raise UnsupportedError(
                f"s3.PutBucketNotificationConfiguration: event {event!r} is not modelled"
            )
    return tuple(events)


def _filter(entry: Parameters) -> tuple[str, str]:
    found = {"prefix": "", "suffix": ""}
    for rule in entry.get("Filter", {}).get("Key", {}).get("FilterRules", ()):
        name = rule["Name"].lower()
        if name not in found:
            raise invalid_argument(_PREFIX_OR_SUFFIX, "FilterRule.Name", rule["Name"])
        found[name] = rule.get("Value", "")
    return found["prefix"], found["suffix"]


def _require_unambiguous(notifications: Sequence[Notification]) -> None:
    for one, other in combinations(notifications, 2):
        if (
            _share_event(one, other)
            and _overlap(one.prefix, other.prefix, str.startswith)
            and _overlap(one.suffix, other.suffix, str.endswith)
        ):
            raise invalid_argument(_AMBIGUOUS)


def _share_event(one: Notification, other: Notification) -> bool:
    return any(
        covers(first, second) or covers(second, first)
        for first in one.events
        for second in other.events
    )


def _overlap(one: str, other: str, contains: Any) -> bool:
    return bool(contains(one, other) or contains(other, one))
