"""Batches whose ``RequestItems`` breaks a constraint of its shape, letter for letter."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/"
MESSAGES = f"{SUITE}tests/tier3/error-messages/"
ORDER = f"{SUITE}tests/tier3/validation-ordering/batchOperations.test.ts"
KEYS = (
    f"{ENVELOPE}Value at 'RequestItems.demandTable.member.Keys' failed to satisfy constraint: "
    "Member must have length "
)
NAMES = (
    "failed to satisfy constraint: Map keys must satisfy constraint: "
    "[Member must have length less than or equal to 255, "
    "Member must have length greater than or equal to 3, "
    "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]"
)
COUNTS = (
    "failed to satisfy constraint: Map value must satisfy constraint: "
    "[Member must have length less than or equal to 25, "
    "Member must have length greater than or equal to 1]"
)
WRONG = (
    "Value 'X' at 'returnConsumedCapacity' failed to satisfy constraint: "
    "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]"
)
NULLS = "iNT=null, dECIMAL=null, dOUBLE=null, sS=null, nS=null, bS=null, iNTSET=null, "
TAIL = f"{NULLS}dECIMALSET=null, dOUBLESET=null, m=null, l=null, nULL=null, bOOL=null"


def said(operation: str, **parameters: Any) -> str:
    engine = Engine()
    with pytest.raises(ServiceError) as caught:
        engine.ask(operation, **parameters)
    assert caught.value.code == "ValidationException"
    assert engine.item() is None
    return caught.value.message


def put(pk: str) -> dict[str, Any]:
    return {"PutRequest": {"Item": {"pk": {"S": pk}}}}


def shown(pk: str) -> str:
    value = f"AttributeValue(s={pk}, n=null, b=null, {TAIL})"
    return (
        f"WriteRequest(putRequest=PutRequest(item={{pk={value}}}, workloadProfileName=null), "
        "deleteRequest=null)"
    )


@pytest.mark.aws(
    "BatchGetItem tells of a table without keys, or with more than 100, which of its members it is",
    source=f"{MESSAGES}batchGetItem.test.ts",
    service="dynamodb",
)
def test_a_table_is_asked_for_1_to_100_keys() -> None:
    for count, rule in ((0, "greater than or equal to 1"), (101, "less than or equal to 100")):
        requests = {"demandTable": {"Keys": [key(str(n)) for n in range(count)]}}
        assert said("BatchGetItem", RequestItems=requests) == KEYS + rule


@pytest.mark.aws(
    "BatchGetItem without tables is refused with the length that RequestItems must have, "
    "BatchWriteItem with a sentence of its own",
    source=f"{SUITE}captures/2026-10-07-batch-empty-request-items.json",
    service="dynamodb",
)
def test_a_batch_asks_something() -> None:
    rule = "failed to satisfy constraint: Member must have length greater than or equal to 1"
    assert said("BatchGetItem", RequestItems={}) == f"{ENVELOPE}Value at 'RequestItems' {rule}"
    told = said("BatchWriteItem", RequestItems={})
    assert told == "The requestItems parameter is required for BatchWriteItem"


@pytest.mark.aws(
    "BatchWriteItem shows what it was asked where a table has no requests",
    source=f"{MESSAGES}batchWriteItem.test.ts",
    service="dynamodb",
)
@pytest.mark.aws(
    "BatchWriteItem shows what it was asked where a table has more than 25 requests",
    source=f"{SUITE}captures/cross-region-latest.json",
    service="dynamodb",
)
@pytest.mark.parametrize("count", [0, 26])
def test_a_table_is_asked_for_1_to_25_writes(count: int) -> None:
    names = [f"bw-{n}" for n in range(count)]
    told = said("BatchWriteItem", RequestItems={"demandTable": list(map(put, names))})
    listed = ", ".join(map(shown, names))
    assert told == f"{ENVELOPE}Value '{{demandTable=[{listed}]}}' at 'requestItems' {COUNTS}"


@pytest.mark.aws(
    "BatchGetItem shows what it was asked as JSON where no table can be called so",
    source=f"{MESSAGES}batchGetItem.test.ts",
    service="dynamodb",
)
@pytest.mark.aws(
    "BatchWriteItem shows what it was asked as Java objects where no table can be called so",
    source=f"{MESSAGES}batchWriteItem.test.ts",
    service="dynamodb",
)
def test_a_batch_is_shown_where_no_table_can_be_called_so() -> None:
    told = said("BatchGetItem", RequestItems={"bad!name": {"Keys": [{"pk": {"B": b"\xff"}}]}})
    asked = '{"bad!name":{"Keys":[{"pk":{"B":"/w=="}}]}}'
    assert told == f"{ENVELOPE}Value '{asked}' at 'requestItems' {NAMES}"
    told = said("BatchWriteItem", RequestItems={"bad!name": [put("x")]})
    assert told == f"{ENVELOPE}Value '{{bad!name=[{shown('x')}]}}' at 'requestItems' {NAMES}"


@pytest.mark.aws(
    "BatchGetItem tells a malformed table name together with a wrong word, "
    "BatchWriteItem the wrong word alone",
    source=ORDER,
    service="dynamodb",
)
def test_a_name_and_a_word_are_told_together_of_a_batch_that_reads() -> None:
    get = {"bad!name": {"Keys": [{"pk": {"S": "a"}}]}}
    told = said("BatchGetItem", RequestItems=get, ReturnConsumedCapacity="X")
    asked = '{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}'
    assert told == (
        f"2 validation errors detected: Value '{asked}' at 'requestItems' {NAMES}; {WRONG}"
    )
    write = {"bad!name": [put("a")]}
    told = said("BatchWriteItem", RequestItems=write, ReturnConsumedCapacity="X")
    assert told == ENVELOPE + WRONG


def test_what_is_no_put_of_a_text_is_shown_in_the_form_of_java() -> None:
    values: dict[str, Any] = {
        "n": {"N": "1"},
        "b": {"B": b"abc"},
        "l": {"L": [{"BOOL": True}, {"NULL": True}]},
        "m": {"M": {"t": {"SS": ["x", "y"]}}},
    }
    write = {"bad!name": [{"PutRequest": {"Item": values}}, {"DeleteRequest": {"Key": key()}}]}
    told = said("BatchWriteItem", RequestItems=write)
    for text in (
        "n=AttributeValue(s=null, n=1, ",
        "b=java.nio.HeapByteBuffer[pos=0 lim=3 cap=3], ",
        "bOOL=true), AttributeValue(",
        "nULL=true, bOOL=null)]",
        "m={t=AttributeValue(",
        "sS=[x, y], ",
        "WriteRequest(putRequest=null, deleteRequest=DeleteRequest(key={pk=AttributeValue(s=p, ",
    ):
        assert text in told


def test_a_table_may_be_named_by_its_arn() -> None:
    engine = Engine()
    arn = engine.call("DescribeTable")["Table"]["TableArn"]
    engine.ask("BatchWriteItem", RequestItems={arn: [{"PutRequest": {"Item": key()}}]})
    answer = engine.ask("BatchGetItem", RequestItems={arn: {"Keys": [key()]}})
    assert answer["Responses"] == {arn: [key()]}
