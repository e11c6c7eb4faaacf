"""Where the simulated account lives: its number and its region."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """An AWS account in a region."""

    account_id: str = "123456789012"
    region: str = "us-east-1"

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of *resource*, for example ``arn:aws:sqs:us-east-1:123456789012:q``."""
        return f"arn:aws:{service}:{self.region}:{self.account_id}:{resource}"
