"""Which periods there are."""

PERIODS = "1, 5, 10, 20, 30, or a multiple of 60"
"""As a refusal names them."""


def is_period(seconds: int) -> bool:
    """Whether data can be seen in periods of so many seconds."""
    return seconds in {1, 5, 10, 20, 30} or (seconds > 0 and seconds % 60 == 0)
