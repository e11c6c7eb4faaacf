"""Members of a request that must be one of some words, or of some length.

botocore checks types and least lengths only; AWS checks these before it reads a request any
further.  As recorded by the public suite paritysuite/dynamodb-conformance, "validation-ordering".
"""

from collections.abc import Iterable

from harness.services.base.service import Parameters
from harness.services.dynamodb.deeprequests import is_deep
from harness.services.dynamodb.errors import (
    broken,
    choice_rule,
    constraint,
    constraint_text,
    validation,
)
from harness.services.dynamodb.tabledefinition import check_table_name

_CAPACITIES = ("INDEXES", "TOTAL", "NONE")
_METRICS = ("SIZE", "NONE")
_FAILURES = ("ALL_OLD", "NONE")
_RETURN_VALUES = ("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW")
_WRONG_RETURN_VALUES = (
    "Failed to satisfy constraint: "
    "Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"
)
"""With AWS's own slip in it."""
_ONLY_OLD = "ReturnValues can only be ALL_OLD or NONE"
_TOKEN_LENGTH_MAX = 36
_PAGE_MAX = 100
_SEGMENTS_MAX = 1_000_000


def check_table(name: str) -> None:
    """Raise where no table can have *name*; nothing else of the request is told beside it."""
    if name.startswith("arn:"):
        return
    if not name:
        raise validation(
            "1 validation error detected: Value at 'TableName' failed to satisfy constraint: "
            "Member must have length greater than or equal to 1"
        )
    check_table_name(name)


def check_put_or_delete(parameters: Parameters) -> None:
    """Raise where a word of PutItem or DeleteItem is none that it takes; all are told at once."""
    returned = parameters.get("ReturnValues", "NONE")
    faults = _capacity_faults(parameters)
    if returned not in _RETURN_VALUES:
        faults.append(_returned_fault(parameters))
    if parameters.get("ReturnItemCollectionMetrics", "NONE") not in _METRICS:
        faults.append("ReturnItemCollectionMetrics can only be SIZE or NONE")
    if not faults and returned not in ("NONE", "ALL_OLD"):
        if is_deep(parameters):
            raise validation(_ONLY_OLD)
        faults.append(_ONLY_OLD)
    faults += _failure_faults(parameters)
    if faults:
        raise broken(faults)


def check_update(parameters: Parameters) -> None:
    """Raise where a word of UpdateItem is none that it takes; the first is told alone."""
    faults = []
    if parameters.get("ReturnValues", "NONE") not in _RETURN_VALUES:
        faults.append(_returned_fault(parameters))
    faults += _capacity_faults(parameters)
    if parameters.get("ReturnItemCollectionMetrics", "NONE") not in _METRICS:
        faults.append("ReturnItemCollectionMetrics can only be SIZE or NONE")
    faults += _failure_faults(parameters)
    if faults:
        raise broken(faults[:1])


def check_read(parameters: Parameters) -> None:
    """Raise where a word of a read is none that it takes."""
    faults = _capacity_faults(parameters)
    if faults:
        raise broken(faults)


def check_several(parameters: Parameters, others: Iterable[str] = ()) -> None:
    """Raise where a word of a batch or a transaction is none that it takes; all at once.

    *others* are faults that AWS tells together with these.
    """
    token = parameters.get("ClientRequestToken", "")
    faults = [*others]
    if len(token) > _TOKEN_LENGTH_MAX:
        rule = f"have length less than or equal to {_TOKEN_LENGTH_MAX}"
        faults.append(constraint_text(token, "clientRequestToken", rule))
    faults += _capacity_faults(parameters)
    metrics = parameters.get("ReturnItemCollectionMetrics", "NONE")
    if metrics not in _METRICS:
        rule = choice_rule(_METRICS)
        faults.append(constraint_text(metrics, "returnItemCollectionMetrics", rule))
    if faults:
        raise broken(faults)


def check_limit(parameters: Parameters, *, is_query: bool) -> None:
    """Raise where ``Limit`` is less than one."""
    limit = parameters.get("Limit")
    if limit is None or limit >= 1:
        return
    rule = "have value greater than or equal to 1"
    if is_query:
        raise validation(
            "1 validation error detected: Value at 'Limit' failed to satisfy constraint: "
            f"Member must {rule}"
        )
    raise constraint(limit, "limit", rule)


def check_segments(parameters: Parameters) -> None:
    """Raise where ``Segment`` or ``TotalSegments`` is no number that any Scan takes."""
    for name, least, most in (
        ("TotalSegments", 1, _SEGMENTS_MAX),
        ("Segment", 0, _SEGMENTS_MAX - 1),
    ):
        value = parameters.get(name, least)
        member = name[0].lower() + name[1:]
        if value < least:
            raise constraint(value, member, f"have value greater than or equal to {least}")
        if value > most:
            raise constraint(value, member, f"have value less than or equal to {most}")


def check_page(parameters: Parameters) -> None:
    """Raise where ``Limit`` is no number of entries that a listing gives at once."""
    limit = parameters.get("Limit", _PAGE_MAX)
    if limit < 1:
        raise constraint(limit, "limit", "have value greater than or equal to 1")
    if limit > _PAGE_MAX:
        raise constraint(limit, "limit", f"have value less than or equal to {_PAGE_MAX}")


def _capacity_faults(parameters: Parameters) -> list[str]:
    wanted = parameters.get("ReturnConsumedCapacity", "NONE")
    if wanted in _CAPACITIES:
        return []
    return [constraint_text(wanted, "returnConsumedCapacity", choice_rule(_CAPACITIES))]


def _returned_fault(parameters: Parameters) -> str:
    if not is_deep(parameters):
        return _WRONG_RETURN_VALUES
    return constraint_text(parameters["ReturnValues"], "returnValues", choice_rule(_RETURN_VALUES))


def _failure_faults(parameters: Parameters) -> list[str]:
    wanted = parameters.get("ReturnValuesOnConditionCheckFailure", "NONE")
    if wanted in _FAILURES:
        return []
    member = "returnValuesOnConditionCheckFailure"
    return [constraint_text(wanted, member, choice_rule(_FAILURES))]
