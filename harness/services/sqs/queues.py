"""The queues of an account: names, URLs, and finding one."""

from harness.kernel.instant import Duration, Instant, seconds
from harness.services.base.service import Surroundings
from harness.services.sqs.errors import no_such_queue
from harness.services.sqs.movetask import MoveTask
from harness.services.sqs.queue import Queue

DELETED_RECENTLY: Duration = seconds(60)
"""How long a name cannot be used again after its queue was deleted."""


class Queues:
    """What the operations work on."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.queues: dict[str, Queue] = {}
        self.deleted: dict[str, Instant] = {}
        """Name -> when its queue was last deleted."""
        self.move_tasks: dict[str, list[MoveTask]] = {}
        """ARN of a source -> its tasks, the latest first."""

    def find(self, queue_url: str) -> Queue:
        """Return the queue of *queue_url*; AWS takes a bare name too."""
        queue = self.queues.get(queue_url.rpartition("/")[2])
        if queue is None:
            raise no_such_queue()
        return queue

    def find_by_arn(self, arn: str) -> Queue | None:
        """Return the queue with this ARN, if there is one."""
        queue = self.queues.get(arn.rpartition(":")[2])
        return queue if queue is not None and queue.arn == arn else None

    def url(self, name: str) -> str:
        """Return the URL by which callers name a queue."""
        identity = self.surroundings.identity
        host = f"sqs.{identity.region}.{identity.partition.domain}"
        return f"https://{host}/{identity.account_id}/{name}"
