"""One account in one region: its engines, and the gateway that answers its clients."""

import copy
from typing import Any, NoReturn

from harness.errors import SimulationError
from harness.gateway.gateway import Gateway, Operation, poll_time
from harness.kernel.entropy import Entropy
from harness.kernel.faultpoints import NoFaults
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, milliseconds, minutes
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.mocking.bucketnotifications import BucketNotifications, FindQueues
from harness.mocking.patience import Patience
from harness.mocking.sts import AssumedRoles, Sts
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.identity import Identity
from harness.services.base.service import Surroundings
from harness.services.cloudwatch.service import CloudWatch
from harness.services.dynamodb.service import DynamoDB
from harness.services.dynamodb.streams.service import DynamoDBStreams
from harness.services.kinesis.service import Kinesis
from harness.services.s3.service import S3
from harness.services.sqs.service import SQS

_HOUSEKEEPING_INTERVAL: Duration = minutes(1)
"""How far the clock moves before expired items and records are looked for again."""

_POLL_INTERVAL: Duration = milliseconds(20)
"""How often a long poll looks again when nobody has sent anything."""


class Region:
    """The engines of one account in one region."""

    def __init__(
        self,
        identity: Identity,
        identifiers: Identifiers,
        entropy: Entropy,
        patience: Patience,
        roles: AssumedRoles,
    ) -> None:
        self._changes = ChangeFeed()
        surroundings = Surroundings(identifiers, self._changes, identity)
        self.identity = identity
        self._identifiers = identifiers
        self.dynamodb = DynamoDB(surroundings)
        self.kinesis = Kinesis(surroundings)
        self.s3 = S3(surroundings)
        self.sqs = SQS(surroundings)
        self.services: dict[str, Any] = {
            "cloudwatch": CloudWatch(surroundings),
            "dynamodb": self.dynamodb,
            "dynamodbstreams": DynamoDBStreams(self.dynamodb),
            "kinesis": self.kinesis,
            "s3": self.s3,
            "sqs": self.sqs,
            "sts": Sts(identity, identifiers, roles),
        }
        self._next_housekeeping = Instant(patience.clock.now() + _HOUSEKEEPING_INTERVAL)
        self.gateway = _RealTimeGateway(self.services, identifiers, entropy, patience)

    def announce(self, patience: Patience, find_queues: FindQueues) -> None:
        """Let buckets tell the queues that *find_queues* finds; call after `share_buckets`."""
        self._notifications = BucketNotifications(
            self.s3, self.identity, self._identifiers, patience.clock.now, find_queues
        )
        self._notifications.listen(self._changes)

    def configured(self, bucket_name: str) -> None:
        """Hear that a bucket has a new notification configuration."""
        self._notifications.configured(bucket_name)

    def share_buckets(self, other: "Region") -> None:
        """See the same buckets as *other* does: their names are the account's, not a region's."""
        shared = copy.copy(other.s3)
        shared.surroundings = self.s3.surroundings
        self.s3 = self.services["s3"] = shared

    def keep_house(self, now: Instant) -> None:
        """Expire items and objects and trim streams if the clock has moved far enough since the last time."""
        if now >= self._next_housekeeping:
            self._next_housekeeping = Instant(now + _HOUSEKEEPING_INTERVAL)
            self.dynamodb.expire(now)
            self.kinesis.trim(now)
            self.s3.expire(now)


class _Nobody:
    """The caller: a test, which is no function."""

    def name(self) -> None:
        """Return None: it is a caller outside."""

    def entry(self) -> None:
        """Return None: no invocation is running."""

    def crash(self) -> NoReturn:
        """Refuse: there is nothing to crash."""
        raise SimulationError("a mocked account has no invocation that could crash")


class _RealTimeGateway(Gateway):
    """A gateway whose calls take no time, and whose long polls really wait."""

    def __init__(
        self,
        services: dict[str, Any],
        identifiers: Identifiers,
        entropy: Entropy,
        patience: Patience,
    ) -> None:
        super().__init__(
            services,
            now=patience.clock.now,
            pause=_pause,
            caller=_Nobody(),
            faults=NoFaults(),
            journal=Journal(Scheduler(patience.clock.now()), per_record=False),
            identifiers=identifiers,
            chance=entropy.branch("gateway.retries"),
            report=_report,
        )
        self._patience = patience

    def _long_poll(
        self, operation: Operation, parameters: dict[str, Any], output: dict[str, Any]
    ) -> dict[str, Any]:
        """Wait as long as the caller or the queue says; a clock that is frozen ends it too."""
        left = poll_time(operation, parameters)
        while left > 0 and "Messages" not in output:
            step = Duration(min(left, _POLL_INTERVAL))
            self._patience.wait(step)
            left = Duration(left - step)
            output = operation.carry_out(operation.service, parameters, self._now())
        return output


def _pause(_duration: Duration) -> None:
    """Take no time: neither for a call's latency nor before the SDK's retries."""


def _report(_error: Exception) -> None:
    """Note nothing: whoever called gets the error itself."""
