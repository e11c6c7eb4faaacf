"""Where moto's DynamoDB is known to differ."""

import re
from decimal import Decimal
from typing import Any

from harness.tests.differential.dynamodbcalls import TABLE
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_ALTERNATOR = "https://github.com/scylladb/scylladb/blob/master/test/alternator/"
_GUIDE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
_REFERENCE = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
_STATIC = re.compile(
    r"The BETWEEN operator|Incorrect operand type|Invalid attribute type name|Incorrect number of|"
    r"The first operand must be distinct|The expression has redundant|Invalid function name|"
    r"Operator or function requires|The function is not allowed|Syntax error|The expression can|"
    r"An expression attribute (?:name|value) used|Two document paths|can only be used once|"
    r"Attribute name is a reserved keyword"
)
_RUN_TIME = (
    "The document path provided in the update expression is invalid for update",
    "The provided expression refers to an attribute that does not exist in the item",
    "An operand in the update expression has an incorrect data type",
)
KEY: dict[str, Any] = {"pk": {"S": "p"}, "sk": {"S": "a"}}


def _asked(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    for side in (peers.ours, peers.theirs):
        if not side("dynamodb", "DescribeTable", TableName="items").is_ok:
            assert side("dynamodb", "CreateTable", **TABLE).is_ok
    return peers.call("dynamodb", operation, **parameters)


def _table(operation: str, **parameters: Any) -> Any:
    return lambda peers: _asked(peers, operation, TableName="items", **parameters)


def _after_put(item: dict[str, Any], operation: str, **parameters: Any) -> Any:
    def shown(peers: Peers) -> Exchange:
        _asked(peers, "PutItem", TableName="items", Item=item)
        return _asked(peers, operation, TableName="items", **parameters)

    return shown


def _expression_fault(kind: str) -> Any:
    pattern = re.compile(rf"(?:1 validation error detected: )?Invalid (?:{kind})Expression: ")

    def explains(exchange: Exchange) -> bool:
        found = pattern.match(exchange.ours.message)
        return (
            exchange.ours.code == "ValidationException"
            and found is not None
            and _STATIC.search(exchange.ours.message, found.end()) is not None
        )

    return explains


def _message(*beginnings: str) -> Any:
    return lambda exchange: (
        exchange.ours.code == "ValidationException"
        and exchange.ours.message.startswith(beginnings)
    )


def _wants_a_size(exchange: Exchange) -> bool:
    texts = (exchange.theirs.code, exchange.theirs.message)
    breaks = any("ValueError" in t or t.startswith("Bad Filter Expression") for t in texts)
    return breaks and "size(" in repr(exchange.parameters)


def _writes_numbers_differently(exchange: Exchange) -> bool:
    return (
        exchange.ours.is_ok
        and exchange.theirs.is_ok
        and exchange.ours.output != exchange.theirs.output
        and numbers(exchange.ours.output) == numbers(exchange.theirs.output)
    )


def numbers(value: Any) -> Any:
    """Return *value* with its numbers as such, and its sets in order."""
    if isinstance(value, dict):
        return {
            name: Decimal(member)
            if name == "N" and isinstance(member, str)
            else sorted(map(Decimal, member))
            if name == "NS" and isinstance(member, list)
            else sorted(member)
            if name == "SS" and isinstance(member, list)
            else numbers(member)
            for name, member in value.items()
            if name not in {"ConsumedCapacity", "ItemCollectionMetrics"}
        }
    if isinstance(value, list):
        return [numbers(member) for member in value]
    return value


def _makes_an_item_of_nothing(exchange: Exchange) -> bool:
    ours, theirs, key = (
        exchange.ours.output,
        exchange.theirs.output,
        exchange.parameters.get("Key"),
    )
    if exchange.operation == "GetItem":
        return "Item" not in ours and theirs.get("Item") == key
    made = theirs.get("Attributes") == key and "Attributes" not in ours
    return exchange.operation == "UpdateItem" and exchange.theirs.is_ok and made


def _removes_what_is_not_there(exchange: Exchange) -> bool:
    refused = (
        exchange.theirs.code == "ValidationException" and exchange.theirs.message in _RUN_TIME
    )
    return exchange.ours.is_ok and refused and "REMOVE" in repr(exchange.parameters)


def _fails_a_whole_transaction(exchange: Exchange) -> bool:
    refused = exchange.theirs.message in _RUN_TIME or "AssertionError" in exchange.theirs.code
    return exchange.ours.code == "TransactionCanceledException" and refused


def _ends_a_page_early(exchange: Exchange) -> bool:
    ours, theirs = dict(exchange.ours.output), exchange.theirs.output
    last = ours.pop("LastEvaluatedKey", None)
    is_full = exchange.ours.output.get("ScannedCount") == exchange.parameters.get("Limit")
    return (
        last is not None
        and "LastEvaluatedKey" not in theirs
        and is_full
        and numbers(ours) == numbers(theirs)
    )


def _finds_nothing_equal(exchange: Exchange) -> bool:
    failed = "ConditionalCheckFailed"
    one = [
        failed in f"{answer.code} {answer.message}" for answer in (exchange.ours, exchange.theirs)
    ]
    found = (
        exchange.operation in {"Scan", "Query"} and exchange.ours.is_ok and exchange.theirs.is_ok
    )
    return (any(one) or found) and "a = n" in repr(exchange.parameters)


def _returns_the_key(exchange: Exchange) -> bool:
    ours, theirs = (side.output.get("Attributes", {}) for side in (exchange.ours, exchange.theirs))
    more = {name: theirs[name] for name in theirs if name not in ours}
    key = exchange.parameters.get("Key")
    is_new = exchange.parameters.get("ReturnValues") == "UPDATED_NEW"
    return is_new and more == key and numbers({**ours, **more}) == numbers(theirs)


def _removed_from_nothing(peers: Peers) -> Exchange:
    _asked(peers, "UpdateItem", TableName="items", Key=KEY, UpdateExpression="REMOVE a")
    return _asked(peers, "GetItem", TableName="items", Key=KEY)


def _last_page(peers: Peers) -> Exchange:
    for sort in "ab":
        _asked(peers, "PutItem", TableName="items", Item=KEY | {"sk": {"S": sort}})
    query = {
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "p"}},
        "Limit": 1,
        "ExclusiveStartKey": KEY,
    }
    return _asked(peers, "Query", TableName="items", **query)


def _leaves_out_what_is_not_projected(exchange: Exchange) -> bool:
    if exchange.operation != "Scan" or exchange.parameters.get("IndexName") != "byScore":
        return False
    if not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (side.output.get("Items", []) for side in (exchange.ours, exchange.theirs))
    return len(ours) == len(theirs) and all(
        other == {name: value for name, value in item.items() if name in {"pk", "sk", "score"}}
        for item, other in zip(ours, theirs, strict=True)
    )


def _leaves_out_what_stays(exchange: Exchange) -> bool:
    if exchange.parameters.get("ReturnValues") not in {"UPDATED_OLD", "UPDATED_NEW"}:
        return False
    ours, theirs = (side.output.get("Attributes", {}) for side in (exchange.ours, exchange.theirs))
    return theirs.keys() < ours.keys() and all(
        numbers(theirs[name]) == numbers(ours[name]) for name in theirs
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a condition is checked before it is evaluated",
        _expression_fault("Condition|Filter"),
        _table(
            "DeleteItem",
            Key=KEY,
            ConditionExpression="n BETWEEN :s AND :n",
            ExpressionAttributeValues={":s": {"S": "text"}, ":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="A wrong condition or filter is found where an item makes it be evaluated, if at"
            " all; some end in a ValueError or KeyError of Python.",
            ours="It is a ValidationException that names the fault, whatever the items are.",
            aws="A condition or filter with bounds of different types, an operand of a wrong type,"
            " an unknown function or an undefined placeholder is a ValidationException.",
            source=f"{_ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "an update is checked before it is evaluated",
        _expression_fault("Update"),
        _table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET n = :n ADD n :n",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues={":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Faults of an update expression are found late, under other texts, or not.",
            ours="They are found before the condition is looked at, with AWS's text.",
            aws="An update expression with overlapping paths or operands of a wrong type is a"
            " ValidationException, whether or not the condition holds.",
            source=f"{_ALTERNATOR}test_update_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a projection is checked before it is applied",
        _expression_fault("Projection"),
        _table("GetItem", Key=KEY, ProjectionExpression="d, d.x"),
        divergence(
            service="dynamodb",
            theirs="Overlapping paths and undefined names of a projection pass.",
            ours="They are a ValidationException.",
            aws="Two paths of a projection may not overlap, and a placeholder must be defined.",
            source=f"{_ALTERNATOR}test_projection_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a key condition is checked before it is applied",
        lambda exchange: (
            _expression_fault("KeyCondition")(exchange)
            or _message(
                "Invalid operator used in KeyConditionExpression",
                "Invalid KeyConditionExpression: ",
                "One or more parameter values were invalid: Condition parameter type",
                "KeyConditionExpressions must only",
                "Query key condition not supported",
                "Query condition missed key schema element",
            )(exchange)
        ),
        _table(
            "Query",
            KeyConditionExpression="pk = :p AND sk BETWEEN :b AND :a",
            ExpressionAttributeValues={":p": {"S": "p"}, ":a": {"S": "a"}, ":b": {"S": "b"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Reversed bounds, keys of a wrong type and a key that is named twice find"
            " nothing, and OR ends in an AssertionError of Python.",
            ours="Each is a ValidationException.",
            aws="A key condition names each key once, with a value of its type, and the upper bound"
            " of BETWEEN is not below the lower one; anything else is a ValidationException.",
            source=f"{_ALTERNATOR}test_key_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a filter names no key",
        _message("Filter Expression can only contain non-primary key attributes"),
        _table(
            "Query",
            KeyConditionExpression="pk = :p",
            FilterExpression="sk = :a",
            ExpressionAttributeValues={":p": {"S": "p"}, ":a": {"S": "a"}},
        ),
        divergence(
            service="dynamodb",
            theirs="A query's filter may name the keys.",
            ours="It may not.",
            aws="A filter expression cannot contain partition key or sort key attributes.",
            source=f"{_GUIDE}Query.FilterExpression.html",
            right="ours",
        ),
    ),
    Known(
        "an unused placeholder is an error",
        _message(
            "Value provided in ExpressionAttribute",
            "1 validation error detected: Value provided in ExpressionAttribute",
        ),
        _table(
            "DeleteItem",
            Key=KEY,
            ConditionExpression="attribute_not_exists(pk)",
            ExpressionAttributeValues={":unused": {"S": "a"}},
        ),
        divergence(
            service="dynamodb",
            theirs="A value that no expression of a DeleteItem uses passes.",
            ours="It is a ValidationException that names it.",
            aws="Every placeholder that is given must be used in an expression.",
            source=f"{_ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "the size of what is not there",
        _wants_a_size,
        _table(
            "PutItem",
            Item=KEY,
            ConditionExpression="size(gone) > :n",
            ExpressionAttributeValues={":n": {"N": "1"}},
        ),
        divergence(
            service="dynamodb",
            theirs="size() of an attribute that is not there, or has no size, ends in a ValueError"
            " of Python.",
            ours="The comparison is false.",
            aws="A condition on the size of a missing attribute is false, not an error.",
            source=f"{_ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "numbers are normalised",
        _writes_numbers_differently,
        _after_put(KEY | {"n": {"N": "1e2"}}, "GetItem", Key=KEY),
        divergence(
            service="dynamodb",
            theirs="A number comes back as it was written: 1e2, 1.0.",
            ours="It comes back as a plain decimal without zeros at its ends: 100, 1.",
            aws="Leading and trailing zeroes of numbers are trimmed.",
            source=f"{_GUIDE}HowItWorks.NamingRulesDataTypes.html",
            right="ours",
        ),
    ),
    Known(
        "removing from nothing makes nothing",
        _makes_an_item_of_nothing,
        _removed_from_nothing,
        divergence(
            service="dynamodb",
            theirs="An update that only removes or deletes makes the item that was not there.",
            ours="It makes none.",
            aws="REMOVE and DELETE alone do not create an item that is not there.",
            source=f"{_ALTERNATOR}test_update_expression.py",
            right="ours",
        ),
    ),
    Known(
        "an element that is not there can be removed",
        _removes_what_is_not_there,
        _table("UpdateItem", Key=KEY, UpdateExpression="REMOVE l[0]"),
        divergence(
            service="dynamodb",
            theirs="REMOVE of a list's element is refused where there is no item or no list.",
            ours="It does nothing where there is no item.",
            aws="Removing an attribute of an item that does not exist is no error.",
            source=f"{_ALTERNATOR}test_update_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a fault that the item shows cancels a transaction",
        _fails_a_whole_transaction,
        lambda peers: _asked(
            peers,
            "TransactWriteItems",
            TransactItems=[
                {
                    "Update": {
                        "TableName": "items",
                        "Key": KEY,
                        "UpdateExpression": "SET n = n + :n",
                        "ExpressionAttributeValues": {":n": {"N": "7"}},
                    }
                }
            ],
        ),
        divergence(
            service="dynamodb",
            theirs="A fault of one update that only the item shows is a ValidationException of the"
            " whole call.",
            ours="It cancels the transaction, with the reason ValidationError at its place.",
            aws="A transaction that is cancelled lists a reason for each item; ValidationError is"
            " one of the codes.",
            source=f"{_REFERENCE}API_TransactWriteItems.html",
            right="ours",
        ),
    ),
    Known(
        "a full page has a last key",
        _ends_a_page_early,
        _last_page,
        divergence(
            service="dynamodb",
            theirs="A page that its Limit ends has no LastEvaluatedKey if it holds the last item.",
            ours="It has one, and the next page is empty.",
            aws="A LastEvaluatedKey that is not empty does not mean that there is more data.",
            source=f"{_REFERENCE}API_Query.html",
            right="ours",
        ),
    ),
    Known(
        "an index key of a wrong type in an update",
        _message("The update expression attempted to update the secondary index key"),
        _table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET score = :s",
            ExpressionAttributeValues={":s": {"S": "text"}},
        ),
        divergence(
            service="dynamodb",
            theirs="The text speaks of a type mismatch for a key.",
            ours="The text speaks of the secondary index key.",
            aws="Setting a key attribute of an index to a value of another type is a"
            " ValidationException.",
            source=f"{_ALTERNATOR}test_gsi.py",
            right="ours",
        ),
    ),
    Known(
        "a key that is none",
        _message(
            "The provided key element does not match the schema",
            "One or more parameter values are not valid. The AttributeValue for a key attribute",
        ),
        _table("GetItem", Key={"pk": {"N": "1"}, "sk": {"S": "a"}}),
        divergence(
            service="dynamodb",
            theirs="A key of a wrong type or an empty one finds nothing, or is refused under another"
            " text.",
            ours="It is a ValidationException.",
            aws="The key must have the type that the schema says, and may not be empty.",
            source=f"{_ALTERNATOR}test_item.py",
            right="ours",
        ),
    ),
    Known(
        "two attributes that are not there are not equal",
        _finds_nothing_equal,
        _table("PutItem", Item=KEY, ConditionExpression="a = n"),
        divergence(
            service="dynamodb",
            theirs="a = n holds where neither attribute is there.",
            ours="It does not.",
            aws="A comparison with an attribute that does not exist is false, whatever it is"
            " compared with.",
            source=f"{_ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "the new values alone are returned",
        _returns_the_key,
        _table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="ADD n :n",
            ExpressionAttributeValues={":n": {"N": "7"}},
            ReturnValues="UPDATED_NEW",
        ),
        divergence(
            service="dynamodb",
            theirs="UPDATED_NEW of an item that was not there has the key, too.",
            ours="It has the updated attributes alone.",
            aws="UPDATED_NEW returns only the updated attributes, as they appear after the update.",
            source=f"{_REFERENCE}API_UpdateItem.html",
            right="ours",
        ),
    ),
    Known(
        "values of types that have no order in common",
        lambda exchange: "TypeError" in exchange.theirs.code,
        _after_put(
            KEY | {"a": {"S": "text"}},
            "DeleteItem",
            Key=KEY,
            ConditionExpression="a > :bin",
            ExpressionAttributeValues={":bin": {"B": b"te"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Comparing a text with binary data ends in a TypeError of Python.",
            ours="The comparison is false.",
            aws="A comparison of values of different types is false.",
            source=f"{_ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a scan of a local secondary index gives what it does not hold",
        _leaves_out_what_is_not_projected,
        _after_put(
            KEY | {"a": {"S": "text"}, "score": {"N": "1"}},
            "Scan",
            IndexName="byScore",
            ProjectionExpression="a",
        ),
        divergence(
            service="dynamodb",
            theirs="A scan leaves out the attributes that the index does not hold; a query has them.",
            ours="Both have them.",
            aws="If a query or scan of a local secondary index asks for attributes that are not"
            " projected into it, they are fetched from the table.",
            source=f"{_REFERENCE}API_Scan.html",
            right="ours",
        ),
    ),
    Known(
        "a sum in parentheses with an attribute that is not there",
        lambda exchange: (
            "AssertionError" in exchange.theirs.code and exchange.ours.message == _RUN_TIME[1]
        ),
        _table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET a = (n + :n)",
            ExpressionAttributeValues={":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="An AssertionError of Python.",
            ours="It is a ValidationException that says that the attribute does not exist.",
            aws="An operand that the item does not have is a ValidationException.",
            source=f"{_GUIDE}Expressions.UpdateExpressions.html",
            right="ours",
        ),
    ),
    Known(
        "an old value that stays",
        _leaves_out_what_stays,
        _after_put(
            KEY | {"a": {"S": "text"}},
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET a = :s",
            ExpressionAttributeValues={":s": {"S": "text"}},
            ReturnValues="UPDATED_OLD",
        ),
        divergence(
            service="dynamodb",
            theirs="UPDATED_OLD and UPDATED_NEW leave out an attribute that was set to what it was.",
            ours="They have every attribute that the update names.",
            aws="UPDATED_OLD returns only the updated attributes, as they appeared before the"
            " update.",
            source=f"{_ALTERNATOR}test_returnvalues.py",
            right="ours",
        ),
    ),
    Known(
        "which of two faults is told",
        lambda exchange: {exchange.ours.message, exchange.theirs.message} <= {*_RUN_TIME},
        _table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET l[9] = :n, n = a",
            ExpressionAttributeValues={":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Of two faults that only the item shows, the first one is told.",
            ours="A missing operand is told before a path that leads nowhere.",
            aws="Both are a ValidationException; which one is told is not documented.",
            source=f"{_GUIDE}Expressions.UpdateExpressions.html",
            right="either",
        ),
    ),
)
