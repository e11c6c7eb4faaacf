"""PutRecord and PutRecords: validation, behaviour, boundaries."""

from hashlib import md5
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import seconds
from harness.services.kinesis.changes import RecordsPut
from harness.services.kinesis.service import Kinesis
from harness.tests.services.calling import Caller

API = "https://docs.aws.amazon.com/kinesis/latest/APIReference/"

SHARD_0 = "shardId-000000000000"
SHARD_1 = "shardId-000000000001"


def a_stream(shard_count: int = 1, **parameters: Any) -> Caller[Kinesis]:
    call = Caller(Kinesis)
    call("CreateStream", StreamName="scores", ShardCount=shard_count, **parameters)
    return call


def entry(partition_key: str = "fan:1", data: bytes = b"x", **more: str) -> dict[str, Any]:
    return {"PartitionKey": partition_key, "Data": data, **more}


@pytest.mark.aws(
    "Each record in the response array directly correlates with a record in the request array.",
    source=f"{API}API_PutRecords.html",
    service="kinesis",
)
def test_answers_stand_in_the_order_of_the_request_whatever_shard_took_the_record() -> None:
    """Result i belongs to record i."""
    call = a_stream(shard_count=3)
    keys = [f"fan:{number}" for number in range(50)]

    output = call("PutRecords", StreamName="scores", Records=[entry(key) for key in keys])

    stored = {
        record.sequence_number: (shard.shard_id, record.partition_key)
        for shard in call.service.streams["scores"].shards.values()
        for record in shard.read(0, 100)
    }
    answers = [stored[one["SequenceNumber"]] for one in output["Records"]]
    assert [key for _, key in answers] == keys
    assert [shard_id for shard_id, _ in answers] == [one["ShardId"] for one in output["Records"]]
    assert len({shard_id for shard_id, _ in answers}) == 3
    assert output["FailedRecordCount"] == 0
    assert output["EncryptionType"] == "NONE"


@pytest.mark.aws(
    "An MD5 hash function maps partition keys to 128-bit integer values and so to the hash key ranges of the shards.",
    source=f"{API}API_PutRecord.html",
    service="kinesis",
)
def test_a_record_lies_in_the_shard_whose_hash_keys_hold_the_md5_of_its_key() -> None:
    """The MD5 of "a" is in the lower half, that of "b" in the upper one."""
    call = a_stream(shard_count=2)
    assert int(md5(b"a").hexdigest(), 16) == 16955237001963240173058271559858726497

    shards = [
        call("PutRecord", StreamName="scores", PartitionKey=key, Data=b"")["ShardId"]
        for key in ("a", "b")
    ]

    assert shards == [SHARD_0, SHARD_1]


@pytest.mark.aws(
    "ExplicitHashKey determines the shard by overriding the partition key hash.",
    source=f"{API}API_PutRecord.html",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("hash_key", "shard_id"),
    [(0, SHARD_0), (2**127 - 1, SHARD_0), (2**127, SHARD_1), (2**128 - 1, SHARD_1)],
)
def test_an_explicit_hash_key_decides_the_shard(hash_key: int, shard_id: str) -> None:
    """The bounds of a range belong to it."""
    call = a_stream(shard_count=2)

    one = call("PutRecord", StreamName="scores", **entry(ExplicitHashKey=str(hash_key)))
    batch = call("PutRecords", StreamName="scores", Records=[entry(ExplicitHashKey=str(hash_key))])

    assert one["ShardId"] == batch["Records"][0]["ShardId"] == shard_id


@pytest.mark.parametrize("shard_count", [1, 2])
def test_a_hash_key_of_2_to_the_128_is_refused(shard_count: int) -> None:
    """One more than the last hash key."""
    call = a_stream(shard_count)
    hash_key = str(2**128)

    error = call.refusal(
        "PutRecords", StreamName="scores", Records=[entry(ExplicitHashKey=hash_key)]
    )

    assert error.code == "InvalidArgumentException"
    assert error.message == (
        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
        f"Specified value was {hash_key}"
    )


@pytest.mark.aws(
    "Sequence numbers increase over time and are specific to a shard within a stream.",
    source=f"{API}API_PutRecord.html",
    service="kinesis",
)
def test_sequence_numbers_have_56_digits_and_rise() -> None:
    """Within a call and from call to call, also at the same instant."""
    call = a_stream()
    numbers: list[str] = []
    for _ in range(3):
        output = call("PutRecords", StreamName="scores", Records=[entry()] * 4)
        numbers += [one["SequenceNumber"] for one in output["Records"]]

    assert all(len(number) == 56 for number in numbers)
    assert [int(number) for number in numbers] == sorted({int(number) for number in numbers})


@pytest.mark.aws(
    "Each PutRecords request can support up to 500 records.",
    source=f"{API}API_PutRecords.html",
    service="kinesis",
)
@pytest.mark.parametrize("record_count", [499, 500])
def test_up_to_500_records_are_put(record_count: int) -> None:
    """One under and at the limit."""
    call = a_stream()

    output = call("PutRecords", StreamName="scores", Records=[entry()] * record_count)

    assert len(output["Records"]) == record_count


@pytest.mark.aws(
    "Each PutRecords request can support up to 500 records.",
    source=f"{API}API_PutRecords.html",
    service="kinesis",
)
def test_501_records_are_refused() -> None:
    """One over the limit; AWS prints the records where we print how many there were."""
    error = a_stream().refusal("PutRecords", StreamName="scores", Records=[entry()] * 501)

    assert error.code == "ValidationException"
    assert error.message == (
        "1 validation error detected: Value '[501 records]' at 'records' failed to satisfy "
        "constraint: Member must have length less than or equal to 500"
    )


@pytest.mark.aws(
    "Each data record can be up to 1 MiB in size by default.",
    source=f"{API}API_GetRecords.html",
    service="kinesis",
)
@pytest.mark.aws(
    "The record size limit applies to the total size of the partition key and data blob.",
    source=f"{API}API_PutRecords.html",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("size", "is_put"), [(1_048_570, True), (1_048_571, True), (1_048_572, False)]
)
def test_a_record_with_its_key_may_have_one_mebibyte(size: int, *, is_put: bool) -> None:
    """One under, at and over the limit: the key fan:1 has five bytes."""
    call = a_stream()

    code, _ = call.outcome("PutRecord", StreamName="scores", **entry(data=bytes(size)))

    assert code == ("ok" if is_put else "ValidationException")


def test_one_record_that_is_too_large_refuses_the_whole_call() -> None:
    """Nothing of the call is written, and the message names the record."""
    call = a_stream()
    records = [entry(), entry(data=bytes(1_048_577))]

    error = call.refusal("PutRecords", StreamName="scores", Records=records)

    assert error.message == (
        "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1048577 "
        "cap=1048577]' at 'records.2.member.data' failed to satisfy constraint: Member must have "
        "length less than or equal to 1048576"
    )
    assert call.service.streams["scores"].shards[SHARD_0].end == 0


@pytest.mark.aws(
    "Partition keys are Unicode strings, with a maximum length limit of 256 characters for each key.",
    source=f"{API}API_PutRecord.html",
    service="kinesis",
)
@pytest.mark.parametrize(("length", "is_put"), [(255, True), (256, True), (257, False)])
def test_a_partition_key_has_up_to_256_code_points(length: int, *, is_put: bool) -> None:
    """One under, at and over the limit, counted in code points and not in bytes."""
    code, _ = a_stream().outcome("PutRecord", StreamName="scores", **entry("ü" * length))

    assert code == ("ok" if is_put else "ValidationException")


@pytest.mark.aws(
    "SequenceNumberForOrdering satisfies the regular expression pattern 0|([1-9]\\d{0,128}).",
    source="https://github.com/mhart/kinesalite/blob/master/test/putRecord.js",
    service="kinesis",
)
@pytest.mark.parametrize("number", ["x", "01", ""])
def test_what_orders_a_record_has_the_form_of_a_sequence_number(number: str) -> None:
    """It is not heeded here, where every put is in order, but it is looked at."""
    error = a_stream().refusal(
        "PutRecord", StreamName="scores", SequenceNumberForOrdering=number, **entry()
    )

    assert error.message == (
        f"1 validation error detected: Value '{number}' at 'sequenceNumberForOrdering' failed to "
        "satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})"
    )


@pytest.mark.aws(
    "ResourceNotFoundException: the requested resource could not be found.",
    source=f"{API}API_PutRecords.html",
    service="kinesis",
)
def test_a_stream_that_does_not_exist_is_named() -> None:
    """The account is in the message."""
    error = Caller(Kinesis).refusal("PutRecords", StreamName="gone", Records=[entry()])

    assert error.code == "ResourceNotFoundException"
    assert error.message == "Stream gone under account 123456789012 not found."


@pytest.mark.aws(
    "You must use either the StreamARN or the StreamName parameter, or both.",
    source=f"{API}API_PutRecord.html",
    service="kinesis",
)
def test_the_arn_names_a_stream_as_well_as_its_name() -> None:
    """StreamARN stands for StreamName."""
    call = a_stream()

    output = call("PutRecord", StreamARN=call.service.streams["scores"].arn, **entry())

    assert output["ShardId"] == SHARD_0


@pytest.mark.aws(
    "Each shard can support writes up to 1,000 records per second; the ErrorCode of a record that is throttled is ProvisionedThroughputExceededException.",
    source=f"{API}API_PutRecords.html",
    service="kinesis",
)
def test_with_limits_a_shard_takes_1000_records_a_second_and_refuses_the_rest_one_by_one() -> None:
    """The bucket is empty after two calls, and one record richer after a millisecond."""
    call = a_stream()
    call.service.has_shard_limits = True
    records = [entry()] * 500
    for _ in range(2):
        assert call("PutRecords", StreamName="scores", Records=records)["FailedRecordCount"] == 0

    call.wait(seconds(0.001))
    output = call("PutRecords", StreamName="scores", Records=records)

    assert output["FailedRecordCount"] == 499
    assert "SequenceNumber" in output["Records"][0]
    assert output["Records"][1] == {
        "ErrorCode": "ProvisionedThroughputExceededException",
        "ErrorMessage": (
            "Rate exceeded for shard shardId-000000000000 in stream scores under account "
            "123456789012."
        ),
    }
    assert call.refusal("PutRecord", StreamName="scores", **entry()).code == (
        "ProvisionedThroughputExceededException"
    )


@pytest.mark.aws(
    "Each shard can support writes up to a maximum data write total of 1 MB per second.",
    source=f"{API}API_PutRecords.html",
    service="kinesis",
)
def test_with_limits_a_shard_takes_one_mebibyte_a_second() -> None:
    """A full record empties the bucket; a second later it fits again."""
    call = a_stream()
    call.service.has_shard_limits = True
    full = entry(data=bytes(1_048_571))
    call("PutRecord", StreamName="scores", **full)

    call.wait(seconds(0.999_999))
    assert call.refusal("PutRecord", StreamName="scores", **full).message.startswith(
        "Rate exceeded"
    )
    call.wait(seconds(0.000_001))
    assert call("PutRecord", StreamName="scores", **full)["ShardId"] == SHARD_0


def test_without_limits_a_shard_takes_everything() -> None:
    """The limits are off unless a run asks for them."""
    call = a_stream()

    outputs = [call("PutRecords", StreamName="scores", Records=[entry()] * 500) for _ in range(5)]

    assert [output["FailedRecordCount"] for output in outputs] == [0] * 5


def test_each_shard_is_announced_once_a_call() -> None:
    """A mapping hears of records, not of calls."""
    call = a_stream(shard_count=2)
    heard: list[RecordsPut] = []
    call.changes.subscribe(RecordsPut, heard.append)

    call("PutRecords", StreamName="scores", Records=[entry(f"fan:{n}") for n in range(20)])

    assert [change.shard_id for change in heard] == [SHARD_0, SHARD_1]
    assert sum(change.count for change in heard) == 20


def test_data_is_encoded_once_and_text_is_taken_as_utf_8() -> None:
    """All consumers share one base64 text."""
    call = a_stream()
    call("PutRecord", StreamName="scores", PartitionKey="fan:1", Data="hü")

    (record,) = call.service.streams["scores"].shards[SHARD_0].read(0, 10)

    assert record.data == "hü".encode()
    assert record.encoded == "aMO8"
    assert record.encoded is record.encoded


def test_a_parameter_that_is_not_modelled_is_refused_by_name() -> None:
    """Nothing is ignored."""
    with pytest.raises(UnsupportedError, match=r"^kinesis\.PutRecord: parameter 'DryRun' is not "):
        a_stream()("PutRecord", StreamName="scores", DryRun=True, **entry())
