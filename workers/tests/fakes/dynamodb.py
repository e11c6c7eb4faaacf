"""A table store of a page: the expressions that the workers use, and nothing else."""

import copy
import re
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

Item = dict[str, Any]
KEYS = (("PK", "SK"), ("subject", "verifiedAt"), ("identifier",), ("eventId",))
"""The primary keys of the tables, those of two parts first."""


def client_error(code: str, **members: Any) -> ClientError:
    """Return the error that boto3 raises for *code*."""
    response: Any = {"Error": {"Code": code, "Message": code}, **members}
    return ClientError(response, "Operation")


class FakeDynamoDB:
    """Items by table and key.  *trouble* sees each call first and may raise."""

    def __init__(self, trouble: Callable[[str, Item], None] | None = None) -> None:
        self.tables: dict[str, dict[tuple[str, ...], Item]] = {}
        self.calls: list[str] = []
        self._trouble = trouble or (lambda _operation, _parameters: None)

    def items(self, table: str) -> list[Item]:
        """Return the items of *table*, by key."""
        return [item for _, item in sorted(self.tables.get(table, {}).items())]

    def item(self, table: str, *key: str) -> Item | None:
        """Return one item."""
        return self.tables.get(table, {}).get(key)

    def get_item(self, **parameters: Any) -> Item:
        """GetItem."""
        self._called("get_item", parameters)
        found = self.item(parameters["TableName"], *_key(parameters["Key"]))
        return {} if found is None else {"Item": copy.deepcopy(found)}

    def put_item(self, **parameters: Any) -> Item:
        """PutItem."""
        self._called("put_item", parameters)
        self._check(parameters, parameters["Item"])
        self._table(parameters)[_key(parameters["Item"])] = copy.deepcopy(parameters["Item"])
        return {}

    def update_item(self, **parameters: Any) -> Item:
        """UpdateItem."""
        self._called("update_item", parameters)
        old = self._check(parameters, parameters["Key"])
        new = self._update(parameters)
        if parameters.get("ReturnValues") == "ALL_NEW":
            return {"Attributes": copy.deepcopy(new)}
        return {} if old is None else {"Attributes": old}

    def transact_write_items(self, **parameters: Any) -> Item:
        """TransactWriteItems with Put and Update: all conditions first, then all effects."""
        self._called("transact_write_items", parameters)
        codes = []
        for action in parameters["TransactItems"]:
            ((kind, one),) = action.items()
            try:
                self._check(one, one["Item"] if kind == "Put" else one["Key"])
            except ClientError:
                codes.append({"Code": "ConditionalCheckFailed"})
            else:
                codes.append({"Code": "None"})
        if any(code["Code"] != "None" for code in codes):
            raise client_error("TransactionCanceledException", CancellationReasons=codes)
        for action in parameters["TransactItems"]:
            ((kind, one),) = action.items()
            if kind == "Put":
                self._table(one)[_key(one["Item"])] = copy.deepcopy(one["Item"])
            else:
                self._update(one)
        return {}

    def batch_get_item(self, **parameters: Any) -> Item:
        """BatchGetItem."""
        self._called("batch_get_item", parameters)
        ((table, request),) = parameters["RequestItems"].items()
        found = [self.item(table, *_key(key)) for key in request["Keys"]]
        present = [copy.deepcopy(item) for item in found if item is not None]
        return {"Responses": {table: present}, "UnprocessedKeys": {}}

    def _called(self, operation: str, parameters: Item) -> None:
        self.calls.append(operation)
        self._trouble(operation, parameters)

    def _table(self, parameters: Item) -> dict[tuple[str, ...], Item]:
        return self.tables.setdefault(parameters["TableName"], {})

    def _check(self, parameters: Item, key: Item) -> Item | None:
        old = copy.deepcopy(self._table(parameters).get(_key(key)))
        condition = parameters.get("ConditionExpression", "")
        values = parameters.get("ExpressionAttributeValues", {})
        if condition and not _holds(condition, old or {}, values):
            wants_item = "ReturnValuesOnConditionCheckFailure" in parameters and old is not None
            raise client_error(
                "ConditionalCheckFailedException", **({"Item": old} if wants_item else {})
            )
        return old

    def _update(self, parameters: Item) -> Item:
        values = parameters.get("ExpressionAttributeValues", {})
        item = self._table(parameters).setdefault(_key(parameters["Key"]), dict(parameters["Key"]))
        parts = re.split(r"\b(SET|REMOVE|ADD) ", parameters["UpdateExpression"])[1:]
        for verb, text in zip(parts[::2], parts[1::2], strict=True):
            for clause in text.strip().split(", "):
                _apply(item, verb, clause.strip(), values)
        return item


def _apply(item: Item, verb: str, clause: str, values: Item) -> None:
    if verb == "SET":
        name, value = clause.split(" = ")
        item[name] = copy.deepcopy(values[value])
    elif verb == "REMOVE":
        item.pop(clause, None)
    else:
        name, value = clause.split(" ")
        present = int(item.get(name, {"N": "0"})["N"])
        item[name] = {"N": str(present + int(values[value]["N"]))}


def _holds(condition: str, item: Item, values: Item) -> bool:
    """Evaluate ANDs of ORs; a group of ORs stands in parentheses or alone."""
    return all(
        any(_one_holds(one, item, values) for one in group.strip("() ").split(" OR "))
        for group in re.split(r" AND ", condition)
    )


def _one_holds(text: str, item: Item, values: Item) -> bool:
    absent = re.fullmatch(r"attribute_not_exists\(([\w.]+)\)?", text)
    if absent:
        return _at(item, absent[1]) is None
    compared = re.fullmatch(r"([\w.]+) (<|>=|=) (:\w+)", text)
    assert compared, f"not understood: {text}"
    left, operator, right = compared.groups()
    present = _at(item, left)
    if present is None:
        return False
    ((kind, a),) = present.items()
    ((other_kind, b),) = values[right].items()
    if kind != other_kind:
        return False
    x, y = (int(a), int(b)) if kind == "N" else (a.encode(), b.encode())
    return bool({"<": x < y, ">=": x >= y, "=": x == y}[operator])


def _at(item: Item, path: str) -> Item | None:
    value: Any = {"M": item}
    for name in path.split("."):
        value = value.get("M", {}).get(name) if value else None
    return value  # type: ignore[no-any-return]  # an attribute value, or None


def _key(item: Item) -> tuple[str, ...]:
    names = next(names for names in KEYS if set(names) <= set(item))
    return tuple(item[name]["S"] for name in names)
