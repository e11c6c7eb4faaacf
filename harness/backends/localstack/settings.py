"""Where LocalStack is: what ``localstack-client`` reads, or one of several for each process."""

import os
from collections.abc import Mapping

HOSTS_VARIABLE = "HARNESS_LOCALSTACK_HOSTS"
"""Several emulators, each as ``LOCALSTACK_HOST`` would name it, with blanks between."""


def read_hosts(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the hosts that *environment* names; none leaves it to ``localstack-client``."""
    return tuple(environment.get(HOSTS_VARIABLE, "").split())
