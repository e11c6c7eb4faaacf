"""TransactWriteItems."""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.capacity import Consumption, is_wanted, outputs, read_units
from harness.services.dynamodb.collectionmetrics import are_wanted, metrics_by_table
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import (
    UpFrontError,
    ValueFaultError,
    refuse_parameters,
    validation,
)
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.legacy.parameters import read_request
from harness.services.dynamodb.members import check_several
from harness.services.dynamodb.operations.single import spending
from harness.services.dynamodb.storeditems import StoredItem, item_of
from harness.services.dynamodb.throttling import Throttle
from harness.services.dynamodb.transactions import (
    REQUEST_SIZE_MAX,
    Reason,
    cancelled,
    check_action_count,
    check_failure_words,
    fingerprint,
    is_repeated,
    reason_of,
    remember,
)
from harness.services.dynamodb.writes import Check, Delete, Put, Update, Write

_KNOWN = frozenset(
    {
        "TransactItems",
        "ClientRequestToken",
        "ReturnConsumedCapacity",
        "ReturnItemCollectionMetrics",
    }
)
_SHARED = frozenset(
    {
        "TableName",
        "ConditionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "ReturnValuesOnConditionCheckFailure",
    }
)
_ACTIONS: Mapping[
    str, tuple[type[Check] | type[Put] | type[Update] | type[Delete], frozenset[str]]
] = {
    "Put": (Put, _SHARED | {"Item"}),
    "Update": (Update, _SHARED | {"Key", "UpdateExpression"}),
    "Delete": (Delete, _SHARED | {"Key"}),
    "ConditionCheck": (Check, _SHARED | {"Key"}),
}
_Images = list[tuple[StoredItem | None, StoredItem | None]]


def transact_write_items(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Do up to 100 actions on distinct items, all or none."""
    refuse_parameters("TransactWriteItems", parameters, _KNOWN)
    actions = parameters["TransactItems"]
    check_action_count(actions)
    check_several(parameters)
    check_failure_words(actions)
    try:
        writes = [_ordered(action) for action in actions]
    except ValueFaultError as fault:
        raise fault.older() from fault
    token = parameters.get("ClientRequestToken")
    asked = b"" if token is None else fingerprint(actions)
    if token is not None and is_repeated(database, token, asked, now):
        return _repeated(database, writes, parameters)
    _locate(database, writes)
    images = _evaluate(writes)
    if database.throttle is not None:
        _spend(database.throttle, writes, images, now)
    for write, (old, new) in zip(writes, images, strict=True):
        database.write(write.table, write.primary_key, old, new, now, write.seen)
    if token is not None:
        remember(database, token, asked, now)
    return _output(writes, images, parameters)


def _ordered(action: Mapping[str, Any]) -> Write:
    """Return the write of *action*, or tell of its faults that of an expression before a key's."""
    try:
        return _prepare(action)
    except ValueFaultError:
        for name, given in action.items():
            kind = _ACTIONS[name][0]
            if kind is not Put:
                read_request(given, kind.expressions)
        raise


def _prepare(action: Mapping[str, Any]) -> Write:
    if not action:
        raise validation(
            "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request"
        )
    if len(action) != 1:
        raise validation("TransactItems can only contain one of Check, Put, Update or Delete")
    for name, given in action.items():
        kind, known = _ACTIONS[name]
        if not given.keys() <= known:
            refuse_parameters(f"TransactWriteItems.{name}", given, known)
        return kind(given, is_transacted=True)
    raise AssertionError("an action has one member")


def _locate(database: Database, writes: Sequence[Write]) -> None:
    """Find every item; raise where a key does not fit, or one item is named twice."""
    for write in writes:
        database.table(write.parameters["TableName"])
    seen = set()
    for position, write in enumerate(writes):
        try:
            write.locate(database)
        except UpFrontError:
            raise
        except ServiceError as error:
            raise _first_fault(error, position, len(writes)) from error
        seen.add((write.table.name, write.primary_key))
    if len(seen) != len(writes):
        raise validation("Transaction request cannot include multiple operations on one item")
    puts = [write for write in writes if isinstance(write, Put)]
    bound = sum(len(put.packed) for put in puts)
    if bound > REQUEST_SIZE_MAX and sum(item_size(put.item) for put in puts) > REQUEST_SIZE_MAX:
        raise validation("Collection size exceeded the maximum allowed size of 4 MB")


def _evaluate(writes: Sequence[Write]) -> _Images:
    """Return every item before and after; raise the cancellation where one may not be written."""
    olds = [write.table.items.stored.get(write.primary_key) for write in writes]
    if not all(write.passes(old) for write, old in zip(writes, olds, strict=True)):
        reasons: list[Reason | None] = [
            None if write.passes(old) else reason_of(write.failure(old))
            for write, old in zip(writes, olds, strict=True)
        ]
        raise cancelled(reasons)
    images: _Images = []
    for position, (write, old) in enumerate(zip(writes, olds, strict=True)):
        try:
            images.append((old, write.after(old)))
        except UpFrontError:
            raise
        except ServiceError as error:
            raise _first_fault(error, position, len(writes)) from error
    return images


def _spend(throttle: Throttle, writes: Sequence[Write], images: _Images, now: Instant) -> None:
    """Use what the actions cost; raise the cancellation where one finds nothing left."""
    for position, (write, (old, new)) in enumerate(zip(writes, images, strict=True)):
        try:
            throttle.spend(spending(write, old, new, is_met=True, factor=2), now)
        except ServiceError as error:
            raise _first_fault(error, position, len(writes)) from error


def _first_fault(error: ServiceError, position: int, count: int) -> ServiceError:
    reasons: list[Reason | None] = [None] * count
    reasons[position] = reason_of(error)
    return cancelled(reasons)


def _output(writes: Sequence[Write], images: _Images, parameters: Parameters) -> Output:
    output: Output = {}
    if are_wanted(parameters) and (
        metrics := metrics_by_table((write.table, write.primary_key) for write in writes)
    ):
        output["ItemCollectionMetrics"] = metrics
    if not is_wanted(parameters):
        return output
    consumptions: dict[str, Consumption] = {}
    for write, (old, new) in zip(writes, images, strict=True):
        consumption = consumptions.setdefault(write.table.name, Consumption(write.table))
        consumption.write(item_of(old), item_of(new), factor=2)
    wanted = parameters["ReturnConsumedCapacity"]
    output["ConsumedCapacity"] = outputs(
        consumptions.values(), wanted, with_kinds="WriteCapacityUnits"
    )
    return output


def _repeated(database: Database, writes: Sequence[Write], parameters: Parameters) -> Output:
    """Answer a call that was done before: nothing changes, and reading the items is billed."""
    if not is_wanted(parameters):
        return {}
    consumptions: dict[str, Consumption] = {}
    for write in writes:
        write.locate(database)
        item = write.table.items.get(write.primary_key)
        consumption = consumptions.setdefault(write.table.name, Consumption(write.table))
        consumption.read(2 * read_units(item_size(item or {}), is_strong=True))
    wanted = parameters["ReturnConsumedCapacity"]
    return {
        "ConsumedCapacity": outputs(consumptions.values(), wanted, with_kinds="ReadCapacityUnits")
    }
