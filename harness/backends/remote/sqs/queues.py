"""The queues of the backend's account, as far as they were made through here."""

from harness.backends.remote.connection import Connection
from harness.backends.remote.sqs.queue import RemoteQueue
from harness.services.base.service import Parameters, Surroundings
from harness.services.sqs.errors import no_such_queue


class RemoteQueues:
    """What the operations work on."""

    def __init__(
        self, surroundings: Surroundings, connection: Connection, *, has_virtual_clock: bool
    ) -> None:
        self.surroundings = surroundings
        self.connection = connection
        self.has_virtual_clock = has_virtual_clock
        """Whether the backend's timers go by the world's clock."""
        self.queues: dict[str, RemoteQueue] = {}

    def find(self, queue_url: str) -> RemoteQueue:
        """Return the queue of *queue_url*, ours or the backend's."""
        queue = self.queues.get(queue_url.rpartition("/")[2])
        if queue is None:
            raise no_such_queue()
        return queue

    def find_by_arn(self, arn: str) -> RemoteQueue | None:
        """Return the queue with this ARN, if there is one."""
        return self.queues.get(arn.rpartition(":")[2])

    def url(self, name: str) -> str:
        """Return the URL by which callers name a queue: that of AWS, which templates compute."""
        identity = self.surroundings.identity
        return f"https://sqs.{identity.region}.amazonaws.com/{identity.account_id}/{name}"

    def wait_time(self, parameters: Parameters) -> int:
        """Return how many seconds a ReceiveMessage waits for a message."""
        wait: int | None = parameters.get("WaitTimeSeconds")
        if wait is not None:
            return wait
        return self.find(parameters["QueueUrl"]).configuration.wait_time // 1_000_000
