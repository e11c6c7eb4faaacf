"""Where the simulated account lives: its number, its region, and so its partition."""

from dataclasses import dataclass

from harness.services.base.partitions import Partition, partition_of


@dataclass(frozen=True, slots=True)
class Identity:
    """An AWS account in a region."""

    account_id: str = "123456789012"
    region: str = "us-east-1"

    @property
    def partition(self) -> Partition:
        """The partition that the region belongs to."""
        return partition_of(self.region)

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of *resource*, for example ``arn:aws:sqs:us-east-1:123456789012:q``."""
        return f"arn:{self.partition.name}:{service}:{self.region}:{self.account_id}:{resource}"
