"""``DestinationConfig``: where failed batches and events go, read and shown."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from harness.errors import UnsupportedError
from harness.runtime.function import DestinationConfiguration

Kind = Literal["sqs", "s3", "lambda", "sns"]


def destination_of(
    config: Mapping[str, Any], side: Literal["OnSuccess", "OnFailure"]
) -> DestinationConfiguration | None:
    """Return the destination on one *side* of a DestinationConfig, or None where there is none."""
    arn: str = config.get(side, {}).get("Destination", "")
    if not arn:
        return None
    for kind in get_args(Kind):
        if arn.startswith("arn:") and arn.split(":")[2:3] == [kind]:
            return DestinationConfiguration(arn, kind)
    raise UnsupportedError(
        f"lambda: the destination {arn} is not modelled; use a queue, a bucket or a function"
    )


def shown_destination(destination: DestinationConfiguration | None) -> dict[str, str]:
    """Return one side of a DestinationConfig as AWS shows it."""
    return {} if destination is None else {"Destination": destination.arn}
