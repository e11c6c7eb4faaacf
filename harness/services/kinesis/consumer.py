"""A consumer that is registered for enhanced fan-out."""

from dataclasses import dataclass, field
from typing import Any

from harness.kernel.instant import Instant, to_datetime


@dataclass(slots=True)
class Consumer:
    """A registered consumer; it is ACTIVE at once."""

    name: str
    arn: str
    created: Instant
    tags: dict[str, str] = field(default_factory=dict)
    policy: str | None = None

    def described(self) -> dict[str, Any]:
        """Return the consumer in AWS's shape."""
        return {
            "ConsumerName": self.name,
            "ConsumerARN": self.arn,
            "ConsumerStatus": "ACTIVE",
            "ConsumerCreationTimestamp": to_datetime(self.created),
        }
