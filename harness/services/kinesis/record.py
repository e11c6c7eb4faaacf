"""One record of a shard."""

from base64 import b64encode

from harness.kernel.instant import Instant


class Record:
    """What a producer put, and where it stands; never changed after it was put."""

    __slots__ = ("_encoded", "arrival", "data", "partition_key", "sequence_number")

    def __init__(
        self, sequence_number: str, partition_key: str, data: bytes, arrival: Instant
    ) -> None:
        self.sequence_number = sequence_number
        self.partition_key = partition_key
        self.data = data
        self.arrival = arrival
        self._encoded: str | None = None

    @property
    def encoded(self) -> str:
        """The data in base64, worked out once for all consumers."""
        encoded = self._encoded
        if encoded is None:
            encoded = self._encoded = b64encode(self.data).decode("ascii")
        return encoded

    @property
    def size(self) -> int:
        """Bytes that count against limits: the data and the partition key."""
        return len(self.data) + len(self.partition_key.encode())
