"""BatchWriteItem."""

from collections.abc import Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.capacity import Consumption, is_wanted, outputs
from harness.services.dynamodb.collectionmetrics import refuse_collection_metrics
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters, validation
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.writes import Delete, Put, Write

_KNOWN = frozenset({"RequestItems", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"})
_REQUESTS_MAX = 25
_REQUEST_SIZE_MAX = 16 * 1024 * 1024


def batch_write_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Do up to 25 puts and deletes, each for itself; a faulty one refuses the whole call."""
    refuse_parameters("BatchWriteItem", parameters, _KNOWN)
    requests = parameters["RequestItems"]
    if sum(map(len, requests.values())) > _REQUESTS_MAX:
        raise validation("Too many items requested for the BatchWriteItem call")
    writes = [
        _prepare(database, name, request)
        for name, members in requests.items()
        for request in members
    ]
    places = {(write.table.name, write.primary_key) for write in writes}
    if len(places) != len(writes):
        raise validation("Provided list of item keys contains duplicates")
    if (
        sum(item_size(write.item) for write in writes if isinstance(write, Put))
        > _REQUEST_SIZE_MAX
    ):
        raise validation("Request size exceeded the maximum allowed size")
    consumptions: dict[str, Consumption] = {}
    for write in writes:
        table = write.table
        old = table.items.get(write.primary_key)
        new = write.after(old)
        database.write(table, write.primary_key, old, new, now)
        if is_wanted(parameters):
            consumption = consumptions.setdefault(table.name, Consumption(table))
            consumption.write(old, new)
        refuse_collection_metrics(table, parameters)
    output: Output = {"UnprocessedItems": {}}
    if consumptions:
        wanted = parameters["ReturnConsumedCapacity"]
        output["ConsumedCapacity"] = outputs(consumptions.values(), wanted)
    return output


def _prepare(database: Database, table_name: str, request: Mapping[str, Any]) -> Write:
    if len(request) != 1:
        raise validation(
            "Supplied AttributeValue has more than one datatypes set, "
            "must contain exactly one of the supported datatypes"
        )
    write: Write
    if "PutRequest" in request:
        write = Put(database, {"TableName": table_name, "Item": request["PutRequest"]["Item"]})
    else:
        write = Delete(database, {"TableName": table_name, "Key": request["DeleteRequest"]["Key"]})
    write.locate()
    return write
