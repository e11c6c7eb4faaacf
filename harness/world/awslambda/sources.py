"""The event sources that a mapping can be created on: found by ARN, and listened to."""

from dataclasses import dataclass

from harness.errors import UnsupportedError
from harness.mappings.eventsources import EventSources
from harness.mappings.mapping import Mapping, SourceKind
from harness.services.dynamodb.service import DynamoDB
from harness.services.kinesis.service import Kinesis
from harness.services.sqs.service import SQS
from harness.world.awslambda.errors import invalid_value
from harness.world.awslambda.sourcebyarn import QueueByArn, StreamByArn

_STREAM_MARK = ":stream/"
_CONSUMER_MARK = "/consumer/"


@dataclass(frozen=True, slots=True)
class Source:
    """An event source: what it is, and the name of its stream, table or queue."""

    kind: SourceKind
    name: str
    arn: str


def recognised(arn: str | None) -> str:
    """Return *arn* if it names an event source at all, there or not; raise AWS's error if not."""
    if arn is None or _service(arn) not in ("kinesis", "dynamodb", "sqs"):
        raise invalid_value("Unrecognized event source.")
    return arn


def _service(arn: str) -> str:
    """Return the service that an ARN names: arn:partition:service."""
    return ":".join(arn.split(":")[2:3])


class Sources:
    """The streams, change streams and queues of the account."""

    def __init__(self, *, kinesis: Kinesis, dynamodb: DynamoDB, sqs: SQS) -> None:
        self._kinesis = kinesis
        self._dynamodb = dynamodb
        self.sqs = sqs

    def find(self, arn: str) -> Source:
        """Return the source with this ARN; raise what Lambda answers when there is none."""
        service = _service(recognised(arn))
        if service == "sqs":
            return self._queue(arn)
        if service == "kinesis":
            if _CONSUMER_MARK in arn:
                raise UnsupportedError(
                    f"lambda.CreateEventSourceMapping: {arn} is a consumer of enhanced fan-out, "
                    "which is not modelled; map the stream itself"
                )
            name = arn.rpartition(_STREAM_MARK)[2]
            stream = self._kinesis.streams.get(name)
            if stream is None or stream.arn != arn:
                raise invalid_value(f"Stream not found: {arn}")
            return Source("kinesis", name, arn)
        name = arn.partition(":table/")[2].partition("/")[0]
        self._require_change_stream(name, arn)
        return Source("dynamodb", name, arn)

    def begin(self, mapping: Mapping, event_sources: EventSources, identifier: str) -> None:
        """Let *mapping* read its source from now on; raise AWS's error when it is gone."""
        self.find(mapping.source_arn)
        self.attach(mapping, event_sources, identifier)

    def attach(
        self, mapping: Mapping, event_sources: EventSources, identifier: str | None = None
    ) -> None:
        """Let *mapping* read its source, which is known to be there, whatever its ARN is.

        (A backend other than the memory has ARNs of its own for the streams of tables.)
        """
        name = mapping.source_name
        if mapping.source_kind == "kinesis":
            stream = StreamByArn(self._kinesis.streams, name)
            event_sources.add_kinesis(mapping, stream, identifier=identifier)
        elif mapping.source_kind == "dynamodb":
            changes = self._dynamodb.tables[name].stream
            assert changes is not None, "that the table has a stream has been checked"
            event_sources.add_dynamodb(mapping, changes, changes.view_type, identifier=identifier)
        else:
            event_sources.add_sqs(mapping, QueueByArn(self.sqs.queues, name))

    def _queue(self, arn: str) -> Source:
        queue = self.sqs.find_by_arn(arn)
        if queue is None:
            raise invalid_value(
                "Error occurred while ReceiveMessage. SQS Error Code: "
                "AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue "
                "does not exist."
            )
        return Source("sqs", queue.name, arn)

    def _require_change_stream(self, table_name: str, arn: str) -> None:
        table = self._dynamodb.tables.get(table_name)
        stream = None if table is None else table.stream
        if stream is None or stream.arn != arn:
            raise invalid_value(f"Stream not found: {arn}")
