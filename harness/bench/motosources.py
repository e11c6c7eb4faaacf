"""The event source mappings of a template over an account in moto."""

from collections.abc import Mapping
from typing import Any, Protocol

from harness.bench.motoaccount import Account
from harness.bench.motoqueues import QueueReader
from harness.bench.motostreams import Invoke, StreamReader, change_record, kinesis_record
from harness.bench.stopwatch import Stopwatch
from harness.mappings.eventpayloads.dynamodb import dynamodb_stream_kind
from harness.mappings.eventpayloads.kinesis import kinesis_stream_kind
from harness.mappings.mapping import Mapping as EventSourceMapping
from harness.services.base.identity import Identity
from harness.world.topology import Topology


class Source(Protocol):
    """Something that events come from."""

    def drain(self) -> int:
        """Deliver everything there is; return how much that was."""
        ...


def sources(
    topology: Topology,
    account: Account,
    identity: Identity,
    *,
    invoke: Invoke,
    watch: Stopwatch,
) -> list[Source]:
    """Return a reader for every mapping, in the order of the template."""

    def source(mapping: EventSourceMapping) -> Source:
        if mapping.source_kind == "kinesis":
            return _kinesis(mapping, account.clients["kinesis"], identity, invoke, watch)
        if mapping.source_kind == "dynamodb":
            return _table(mapping, account.clients, identity, invoke, watch)
        client = account.clients["sqs"]
        return QueueReader(
            mapping,
            client=client,
            queue_url=client.get_queue_url(QueueName=mapping.source_name)["QueueUrl"],
            region=identity.region,
            invoke=invoke,
        )

    return [source(mapping) for mapping in topology.mappings if mapping.is_enabled]


def _kinesis(
    mapping: EventSourceMapping, client: Any, identity: Identity, invoke: Invoke, watch: Stopwatch
) -> StreamReader:
    stream = mapping.source_name
    shard_ids = [shard["ShardId"] for shard in client.list_shards(StreamName=stream)["Shards"]]
    iterators = {
        shard_id: client.get_shard_iterator(
            StreamName=stream, ShardId=shard_id, ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        for shard_id in shard_ids
    }
    kind = kinesis_stream_kind(
        stream_arn=mapping.source_arn,
        region=identity.region,
        invoke_identity_arn=f"arn:aws:iam::{identity.account_id}:role/{mapping.function_name}",
    )
    return StreamReader(
        mapping,
        kind,
        client=client,
        iterators=iterators,
        record_from=kinesis_record,
        invoke=invoke,
        watch=watch,
    )


def _table(
    mapping: EventSourceMapping,
    clients: Mapping[str, Any],
    identity: Identity,
    invoke: Invoke,
    watch: Stopwatch,
) -> StreamReader:
    table = clients["dynamodb"].describe_table(TableName=mapping.source_name)["Table"]
    client = clients["dynamodbstreams"]
    arn = table["LatestStreamArn"]
    shards = client.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    iterators = {
        shard["ShardId"]: client.get_shard_iterator(
            StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        for shard in shards
    }
    kind = dynamodb_stream_kind(
        stream_arn=arn,
        region=identity.region,
        view_type=table["StreamSpecification"]["StreamViewType"],
        filters=mapping.filters,
    )
    return StreamReader(
        mapping,
        kind,
        client=client,
        iterators=iterators,
        record_from=change_record,
        invoke=invoke,
        watch=watch,
    )
