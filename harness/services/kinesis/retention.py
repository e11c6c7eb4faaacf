"""The bounds of a retention period."""

from harness.services.kinesis.errors import invalid, invalid_argument

HOURS_MIN = 24
HOURS_MAX = 8_760


def require_hours(requested: int) -> None:
    """Raise AWS's ValidationException unless *requested* is any number of hours at all."""
    if requested < 1:
        raise invalid(requested, "retentionPeriodHours", "have value greater than or equal to 1")


def require_retention_hours(requested: int) -> None:
    """Raise AWS's error unless *requested* hours lie within the bounds."""
    if requested < HOURS_MIN:
        raise invalid_argument(
            f"Minimum allowed retention period is {HOURS_MIN} hours. "
            f"Requested retention period ({requested} hours) is too short."
        )
    if requested > HOURS_MAX:
        raise invalid_argument(
            f"Maximum allowed retention period is {HOURS_MAX} hours. "
            f"Requested retention period ({requested} hours) is too long."
        )
