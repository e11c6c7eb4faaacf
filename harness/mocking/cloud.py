"""The mocked cloud: every account and region that a client has asked for, made when it asks."""

import os
from functools import partial
from typing import Any

from botocore import UNSIGNED

from harness.errors import UnsupportedError
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant
from harness.mocking.clock import Clock
from harness.mocking.patience import Patience
from harness.mocking.region import Region
from harness.mocking.sts import AssumedRoles
from harness.services.base.identity import Identity
from harness.services.sqs.service import SQS

DEFAULT_ACCOUNT_ID = "123456789012"
_GLOBAL_REGIONS = (None, "aws-global")
_DEFAULT_REGION = "us-east-1"
_NOTIFYING = "PutBucketNotificationConfiguration"


class Cloud:
    """Answers boto3 calls from the engines of the caller's account and region.

    One lock is around everything: threads take turns, call by call.
    """

    def __init__(self, clock: Clock, allowed: frozenset[str] | None = None) -> None:
        self.clock = clock
        self._allowed = allowed
        self._patience = Patience(clock)
        self._entropy = Entropy(0)
        self._identifiers = Identifiers(self._entropy)
        self._roles = AssumedRoles()
        self._regions: dict[tuple[str, str], Region] = {}

    def now(self) -> Instant:
        """Return the present instant."""
        return self.clock.now()

    def reset(self) -> None:
        """Forget every account; clients go on and find empty ones."""
        with self._patience.turn:
            self._entropy = Entropy(0)
            self._identifiers = Identifiers(self._entropy)
            self._roles = AssumedRoles()
            self._regions.clear()

    def call(self, client: Any, operation_name: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Carry out one call of a boto3 client."""
        if self._allowed is not None:
            self._require_allowed(client)
        if client.meta.config.signature_version is UNSIGNED:
            raise UnsupportedError(
                f"{client.meta.service_model.service_name}.{operation_name} without a signature "
                "is not modelled: a mock does not know what anybody may do; sign the client's "
                "requests"
            )
        turn = self._patience.turn
        with turn:
            region = self._region_of(client)
            region.keep_house(self.clock.now())
            try:
                output = region.gateway.call(client, operation_name, parameters)
            finally:
                turn.notify_all()
            if operation_name == _NOTIFYING:
                region.configured(parameters["Bucket"])
            return output

    def region(self, account_id: str, name: str) -> Region:
        """Return the engines of an account in a region."""
        found = self._regions.get((account_id, name))
        if found is None:
            found = self._made(account_id, name)
        return found

    def _require_allowed(self, client: Any) -> None:
        service = client.meta.service_model.service_name
        if service not in (self._allowed or ()):
            raise UnsupportedError(
                f"{service} is not in the mock's core.service_whitelist; add it there"
            )

    def _region_of(self, client: Any) -> Region:
        name = client.meta.region_name
        if name in _GLOBAL_REGIONS:
            name = _DEFAULT_REGION
        roles = self._roles
        if not roles.by_access_key:  # as in nearly every test
            return self.region(account_in_force(), name)
        roles.acting = role = roles.by_access_key.get(_access_key(client))
        return self.region(account_in_force() if role is None else role.account_id, name)

    def _made(self, account_id: str, name: str) -> Region:
        identity = Identity(account_id, name)
        made = Region(identity, self._identifiers, self._entropy, self._patience, self._roles)
        elsewhere = [region for (owner, _), region in self._regions.items() if owner == account_id]
        if elsewhere:
            made.share_buckets(elsewhere[0])
        made.s3.owner_elsewhere = partial(self._owner_elsewhere, account_id)
        made.announce(self._patience, self._queues_of)
        self._regions[account_id, name] = made
        return made

    def _owner_elsewhere(self, account_id: str, bucket_name: str) -> str | None:
        """Return which account but *account_id* has a bucket of this name: names are everybody's."""
        for (owner, _), region in self._regions.items():
            if owner != account_id and bucket_name in region.s3.buckets:
                return owner
        return None

    def _queues_of(self, arn: str) -> SQS:
        _, _, _, region, account_id, _ = arn.split(":", 5)
        return self.region(account_id, region).sqs


def account_in_force() -> str:
    """Return the account of a caller who has said nothing else."""
    return os.environ.get("MOTO_ACCOUNT_ID", DEFAULT_ACCOUNT_ID)


def _access_key(client: Any) -> str:
    credentials: Any = client._get_credentials()  # noqa: SLF001 - botocore has no public way
    return getattr(credentials, "access_key", None) or ""
