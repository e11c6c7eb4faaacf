"""Where an update of moto's returns something else."""

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    KEY,
    REFERENCE,
    after_put,
    message,
    numbers,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange


def _returns_the_key(exchange: Exchange) -> bool:
    ours, theirs = (side.output.get("Attributes", {}) for side in (exchange.ours, exchange.theirs))
    more = {name: theirs[name] for name in theirs if name not in ours}
    key = exchange.parameters.get("Key")
    is_new = exchange.parameters.get("ReturnValues") == "UPDATED_NEW"
    return is_new and more == key and numbers({**ours, **more}) == numbers(theirs)


def _leaves_out_what_stays(exchange: Exchange) -> bool:
    if exchange.parameters.get("ReturnValues") not in {"UPDATED_OLD", "UPDATED_NEW"}:
        return False
    ours, theirs = (side.output.get("Attributes", {}) for side in (exchange.ours, exchange.theirs))
    return theirs.keys() < ours.keys() and all(
        numbers(theirs[name]) == numbers(ours[name]) for name in theirs
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "where no attribute is left none is returned",
        lambda exchange: (
            exchange.ours.is_ok
            and "Attributes" not in exchange.ours.output
            and exchange.theirs.output.get("Attributes") == {}
        ),
        after_put(
            KEY,
            "UpdateItem",
            Key=KEY,
            UpdateExpression="DELETE a :ss",
            ExpressionAttributeValues={":ss": {"SS": ["a"]}},
            ReturnValues="UPDATED_NEW",
        ),
        divergence(
            service="dynamodb",
            theirs="UPDATED_NEW of attributes that are gone is empty.",
            ours="It is left out.",
            aws="Where an update leaves none of the attributes that it names, the answer has no"
            " Attributes.",
            source=f"{ALTERNATOR}test_returnvalues.py",
            right="ours",
        ),
    ),
    Known(
        "what a put or a deletion can return",
        message("1 validation error detected: ReturnValues can only be ALL_OLD or NONE"),
        table("DeleteItem", Key=KEY, ReturnValues="ALL_NEW"),
        divergence(
            service="dynamodb",
            theirs="The text about ALL_NEW of a PutItem or DeleteItem is another one.",
            ours="It says which values there are.",
            aws="The values are NONE and ALL_OLD; anything else is a ValidationException.",
            source=f"{ALTERNATOR}test_returnvalues.py",
            right="ours",
        ),
    ),
    Known(
        "the new values alone are returned",
        _returns_the_key,
        table(
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
            source=f"{REFERENCE}API_UpdateItem.html",
            right="ours",
        ),
    ),
    Known(
        "an old value that stays",
        _leaves_out_what_stays,
        after_put(
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
            source=f"{ALTERNATOR}test_returnvalues.py",
            right="ours",
        ),
    ),
)
