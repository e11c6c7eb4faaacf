"""Whether an item's time to live has passed, by the virtual clock.

Source: DynamoDB developer guide, "Time to live (TTL)".
"""

from decimal import Decimal

from harness.kernel.instant import Instant
from harness.services.dynamodb.attributevalues import Item

_AGE_MAX_SECONDS = 5 * 365 * 86_400
"""What expired longer ago never goes."""


def has_expired(item: Item, attribute: str, now: Instant) -> bool:
    """Whether *attribute*, a number of seconds since 1970, is reached at *now*."""
    value = item.get(attribute, {}).get("N")
    if value is None:
        return False
    age = Decimal(now) / 1_000_000 - Decimal(value)
    return 0 <= age <= _AGE_MAX_SECONDS
