"""DynamoDB Streams and moto, side by side."""

import pytest

from harness.tests.differential.changesknown.asking import KEY, REFERENCE, iterator, made
from harness.tests.differential.changesmachine import ChangesMachine
from harness.tests.differential.known import MOTO
from harness.tests.differential.machine import paired, thorough
from harness.tests.differential.peers import peers

TestChanges = ChangesMachine.TestCase
TestChanges.settings = thorough(examples=25)


@pytest.mark.divergence(
    peer=MOTO,
    service="dynamodbstreams",
    theirs="An iterator that was taken before a transaction was cancelled reads no record any more.",
    ours="It reads on.",
    aws="GetRecords: the shard iterator specifies the position in the shard from which you want to"
    " start reading stream records sequentially.",
    source=f"{REFERENCE}API_streams_GetRecords.html",
    right="ours",
)
def test_moto_s_iterators_are_blind_after_a_cancelled_transaction() -> None:
    """It puts a copy of the table, and of its stream, in the place of what the iterator refers to."""
    check = {"TableName": "items", "Key": KEY, "ConditionExpression": "attribute_exists(pk)"}
    with peers() as both:
        made(both)
        taken = paired(iterator(both), "ShardIterator")
        both.call("dynamodb", "TransactWriteItems", TransactItems=[{"ConditionCheck": check}])
        both.call("dynamodb", "PutItem", TableName="items", Item=KEY)
        read = both.call("dynamodbstreams", "GetRecords", ShardIterator=taken)

    assert [each["eventName"] for each in read.ours.output["Records"]] == ["INSERT"]
    assert read.theirs.output["Records"] == []
