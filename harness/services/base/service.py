"""Service: the shape every engine has, and what it is given to work with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from harness.kernel.chooser import CalmChooser, Chooser
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.identity import Identity

Parameters = Mapping[str, Any]
"""What the caller gave boto3, already checked against the shapes of botocore's model."""

Output = dict[str, Any]
"""What boto3 gives back, without ``ResponseMetadata``; the caller may change it freely.

``StatusCode`` is the status of the answer, where it depends on the call; the gateway takes it out
if boto3 gives no such member.
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a service may use of the world around it."""

    identifiers: Identifiers
    changes: ChangeFeed
    identity: Identity = field(default_factory=Identity)
    chooser: Chooser = field(default_factory=CalmChooser)


class Service(Protocol):
    """An engine: state, and the operations on it by AWS's name."""

    @property
    def operations(self) -> Mapping[str, Callable[[Self, Parameters, Instant], Output]]:
        """``"PutItem"`` -> function of the service, its parameters and the present instant."""
        ...
