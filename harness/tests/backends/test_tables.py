"""A table of any backend tells of its changes as the one in memory does."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.backends.backend import Backend
from harness.backends.catalogue import DIVERGENCES
from harness.backends.findings import Findings
from harness.backends.memory import Memory
from harness.backends.remote.dynamodb.changes import changes_of
from harness.kernel.instant import seconds
from harness.services.dynamodb.changes import ItemChanged
from harness.tests.backends.accounts import Account

_KEYS = {
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
}


def table_in(account: Account, **settings: Any) -> Account:
    account.call("dynamodb", "CreateTable", TableName="orders", **_KEYS, **settings)
    return account


def changes(account: Account) -> list[Any]:
    return [
        (each.record.event_name, each.record.old_image, each.record.new_image)
        for each in account.announced
        if isinstance(each, ItemChanged)
    ]


_ITEM = st.sampled_from("ab")
_VALUE = st.sampled_from(["1", "2", "2.0"])
WRITES = st.lists(
    st.one_of(
        st.tuples(st.just("PutItem"), _ITEM, _VALUE),
        st.tuples(st.just("UpdateItem"), _ITEM, _VALUE),
        st.tuples(st.just("DeleteItem"), _ITEM, _VALUE),
        st.tuples(st.just("TransactWriteItems"), _ITEM, _VALUE),
        st.tuples(st.just("BatchWriteItem"), _ITEM, _VALUE),
    ),
    max_size=8,
)


def write(account: Account, operation: str, item: str, value: str) -> Any:
    key, number = {"id": {"S": item}}, {"N": value}
    update: dict[str, Any] = {
        "UpdateExpression": "SET n = :n",
        "ExpressionAttributeValues": {":n": number},
        "TableName": "orders",
        "Key": key,
    }
    parameters: dict[str, Any] = {
        "PutItem": {"TableName": "orders", "Item": {**key, "n": number}},
        "UpdateItem": update,
        "DeleteItem": {"TableName": "orders", "Key": key},
        "TransactWriteItems": {"TransactItems": [{"Update": update}]},
        "BatchWriteItem": {
            "RequestItems": {"orders": [{"PutRequest": {"Item": {**key, "n": number}}}]}
        },
    }[operation]
    answer = account.call("dynamodb", operation, **parameters)
    return answer if isinstance(answer, str) else "ok"


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(writes=WRITES)
def test_whatever_is_written_the_same_changes_are_announced_as_in_memory(
    backend: Backend, writes: list[tuple[str, str, str]]
) -> None:
    """One record for each changed item, none for a write that changes nothing."""
    there, here = table_in(Account(backend)), table_in(Account(Memory()))

    for operation, item, value in writes:
        assert write(there, operation, item, value) == write(here, operation, item, value)

    assert changes(there) == changes(here)
    items = [
        list(each.services.dynamodb.tables["orders"].items.values()) for each in (there, here)
    ]
    assert sorted(items[0], key=str) == sorted(items[1], key=str)


def test_a_failed_transaction_announces_nothing_and_the_next_write_is_seen(
    account: Account,
) -> None:
    """Moto puts a copy of the table, and of its stream, in the place of the old one."""
    table_in(account)
    absent = {
        "TableName": "orders",
        "Key": {"id": {"S": "z"}},
        "ConditionExpression": "attribute_exists(id)",
    }
    put = {"TableName": "orders", "Item": {"id": {"S": "a"}}}

    code = account.call(
        "dynamodb", "TransactWriteItems", TransactItems=[{"Put": put}, {"ConditionCheck": absent}]
    )
    account.call("dynamodb", "PutItem", **put)

    assert code == "TransactionCanceledException"
    assert changes(account) == [("INSERT", None, {"id": {"S": "a"}})]


def test_what_has_expired_goes_by_the_services_own_hand(account: Account) -> None:
    """The stream record's userIdentity tells (DynamoDB developer guide, "Time to live")."""
    table_in(account)
    specification = {"Enabled": True, "AttributeName": "until"}
    account.call(
        "dynamodb", "UpdateTimeToLive", TableName="orders", TimeToLiveSpecification=specification
    )
    until = account.now // 1_000_000 + 60
    item = {"id": {"S": "a"}, "until": {"N": str(until)}}
    account.call("dynamodb", "PutItem", TableName="orders", Item=item)

    described = account.call("dynamodb", "DescribeTimeToLive", TableName="orders")
    assert described["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED",
        "AttributeName": "until",
    }
    assert account.services.dynamodb.expire(account.now) == 0
    account.pass_time(seconds(61))
    assert account.services.dynamodb.expire(account.now) == 1

    removed = [each for each in account.announced if isinstance(each, ItemChanged)][-1].record
    assert removed.event_name == "REMOVE"
    assert removed.user_identity == {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}


def test_a_table_shows_the_stream_that_was_asked_for_and_no_other(account: Account) -> None:
    """Every table has one behind the scenes, which is how its changes are seen."""
    plain = account.call("dynamodb", "CreateTable", TableName="plain", **_KEYS)
    keys_only = {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
    table_in(account, StreamSpecification=keys_only)

    described = account.call("dynamodb", "DescribeTable", TableName="orders")["Table"]

    assert "LatestStreamArn" not in plain["TableDescription"]
    assert described["StreamSpecification"] == keys_only
    account.call("dynamodb", "PutItem", TableName="orders", Item={"id": {"S": "a"}})
    stream = account.services.dynamodb.tables["orders"].stream
    assert stream is not None
    (record,) = next(iter(stream)).read(0, 10)
    assert (record.keys, record.new_image) == ({"id": {"S": "a"}}, None)


def test_records_of_one_call_about_one_item_are_one_change() -> None:
    """From the oldest image to the newest; what ends as it began is none."""
    findings = Findings()
    told = [
        {"Keys": {"id": {"S": "a"}}, "NewImage": {"id": {"S": "a"}}},
        {
            "Keys": {"id": {"S": "b"}},
            "OldImage": {"n": {"N": "1"}},
            "NewImage": {"n": {"N": "1.0"}},
        },
        {"Keys": {"id": {"S": "a"}}, "NewImage": {"id": {"S": "a"}, "n": {"N": "1"}}},
    ]

    (change,) = changes_of(({"dynamodb": each} for each in told), findings)

    assert (change.event_name, change.old_image) == ("INSERT", None)
    assert change.new_image == {"id": {"S": "a"}, "n": {"N": "1"}}
    assert findings.counts() == {
        "dynamodb.several-records-of-one-write": 1,
        "dynamodb.record-of-no-change": 1,
    }


def test_every_divergence_says_what_who_does_and_what_is_made_of_it() -> None:
    """The parity table is made of nothing else."""
    for name, divergence in DIVERGENCES.items():
        assert divergence.backends, name
        assert all((divergence.does, divergence.aws, divergence.remedy)), name
