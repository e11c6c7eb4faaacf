"""Partitions: the groups of regions that AWS keeps apart, with ARNs and a domain of their own.

(IAM user guide, "Amazon Resource Names (ARNs)"; AWS's own SDKs for the domains)
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition: what its ARNs say behind ``arn:``, and where its endpoints are."""

    name: str
    domain: str

    def arn(self, service: str, resource: str, account_id: str = "") -> str:
        """Return the ARN of what lies in no region, for example ``arn:aws:s3:::bucket``."""
        return f"arn:{self.name}:{service}::{account_id}:{resource}"


_COMMERCIAL = Partition("aws", "amazonaws.com")
_OTHERS = {
    "cn-": Partition("aws-cn", "amazonaws.com.cn"),
    "us-gov-": Partition("aws-us-gov", "amazonaws.com"),
    "eusc-": Partition("aws-eusc", "amazonaws.eu"),
    "us-iso-": Partition("aws-iso", "c2s.ic.gov"),
    "us-isob-": Partition("aws-iso-b", "sc2s.sgov.gov"),
    "eu-isoe-": Partition("aws-iso-e", "cloud.adc-e.uk"),
    "us-isof-": Partition("aws-iso-f", "csp.hci.ic.gov"),
}
"""How the names of a partition's regions begin."""


@cache
def partition_of(region: str) -> Partition:
    """Return the partition of *region*: the commercial one, unless its name says otherwise."""
    for prefix, partition in _OTHERS.items():
        if region.startswith(prefix):
            return partition
    return _COMMERCIAL
