"""DynamoDB Streams: the service that reads the change streams of a DynamoDB."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.service import DynamoDB
from harness.services.dynamodb.streams.operations.registry import OPERATIONS
from harness.services.dynamodb.streams.reader import StreamReader


class DynamoDBStreams(StreamReader):
    """The streams of one `DynamoDB`."""

    def __init__(self, dynamodb: DynamoDB) -> None:
        super().__init__(dynamodb)

    @property
    def operations(self) -> Mapping[str, Callable[[StreamReader, Parameters, Instant], Output]]:
        """AWS's operation names -> functions of the reader, the parameters and the instant."""
        return OPERATIONS
