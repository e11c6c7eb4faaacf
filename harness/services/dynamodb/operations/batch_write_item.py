"""BatchWriteItem."""

from collections.abc import Container, Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.capacity import Consumption, is_wanted, outputs
from harness.services.dynamodb.collectionmetrics import are_wanted, metrics_by_table
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import ValueFaultError, broken, refuse_parameters, validation
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.keyschema import PrimaryKey, mismatch
from harness.services.dynamodb.members import check_several
from harness.services.dynamodb.operations.single import spending
from harness.services.dynamodb.requestmaps import REQUESTS_MAX, write_faults
from harness.services.dynamodb.storeditems import item_of
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.writes import Delete, Put

_KNOWN = frozenset({"RequestItems", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"})
_REQUEST_SIZE_MAX = 16 * 1024 * 1024


def batch_write_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Do up to 25 puts and deletes, each for itself; a faulty one refuses the whole call."""
    refuse_parameters("BatchWriteItem", parameters, _KNOWN)
    check_several(parameters)
    requests = parameters["RequestItems"]
    _check_shape(requests, database.tables)
    try:
        writes = [_prepare(name, request) for name, request in _listed(requests)]
    except ValueFaultError as fault:
        raise fault.older() from fault
    _locate(database, writes)
    consumptions: dict[str, Consumption] = {}
    unprocessed: dict[str, list[Any]] = {}
    throttled: ServiceError | None = None
    written: list[tuple[Table, PrimaryKey]] = []
    for write, (name, request) in zip(writes, _listed(requests), strict=True):
        table = write.table
        old = table.items.stored.get(write.primary_key)
        new = write.after(old)
        try:
            if database.throttle is not None:
                database.throttle.spend(spending(write, old, new, is_met=True), now)
        except ServiceError as error:
            unprocessed.setdefault(name, []).append(request)
            throttled = error
            continue
        database.write(table, write.primary_key, old, new, now, write.seen)
        if is_wanted(parameters):
            consumption = consumptions.setdefault(table.name, Consumption(table))
            consumption.write(item_of(old), item_of(new))
        written.append((table, write.primary_key))
    if throttled is not None and sum(map(len, unprocessed.values())) == len(writes):
        raise throttled
    output: Output = {"UnprocessedItems": unprocessed}
    if consumptions:
        wanted = parameters["ReturnConsumedCapacity"]
        output["ConsumedCapacity"] = outputs(consumptions.values(), wanted)
    if are_wanted(parameters) and (metrics := metrics_by_table(written)):
        output["ItemCollectionMetrics"] = metrics
    return output


def _listed(requests: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, request) for name, members in requests.items() for request in members]


def _check_shape(requests: Mapping[str, Any], tables: Container[str]) -> None:
    if not requests:
        raise validation("The requestItems parameter is required for BatchWriteItem")
    faults = write_faults(requests, tables)
    if faults:
        raise broken(faults)
    if sum(map(len, requests.values())) > REQUESTS_MAX:
        raise validation("Too many items requested for the BatchWriteItem call")


def _prepare(table_name: str, request: Mapping[str, Any]) -> Put | Delete:
    if len(request) != 1:
        raise validation(
            "Supplied AttributeValue has more than one datatypes set, "
            "must contain exactly one of the supported datatypes"
        )
    if "PutRequest" in request:
        return Put({"TableName": table_name, "Item": request["PutRequest"]["Item"]})
    return Delete({"TableName": table_name, "Key": request["DeleteRequest"]["Key"]})


def _locate(database: Database, writes: list[Put | Delete]) -> None:
    for write in writes:
        table = database.table(write.parameters["TableName"])
        # A batch tells all faults of a key alike.
        if isinstance(write, Put) and not table.keys.are_in(write.item):
            raise mismatch()
        write.locate(database)
    places = {(write.table.name, write.primary_key) for write in writes}
    if len(places) != len(writes):
        raise validation("Provided list of item keys contains duplicates")
    puts = [write for write in writes if isinstance(write, Put)]
    bound = sum(len(put.packed) for put in puts)
    if bound > _REQUEST_SIZE_MAX and sum(item_size(put.item) for put in puts) > _REQUEST_SIZE_MAX:
        raise validation("Request size exceeded the maximum allowed size")
