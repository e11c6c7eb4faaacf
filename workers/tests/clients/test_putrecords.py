"""PutRecords in full batches."""

from typing import Any

from botocore.exceptions import EndpointConnectionError

from workers.clients.putrecords import BATCH_BYTES_MAX, batches, entry, put_batch
from workers.tests.fakes.services import FakeKinesis


def test_a_batch_takes_500_records() -> None:
    """499, 500 and 501 make one, one and two."""
    for count, sizes in ((499, [499]), (500, [500]), (501, [500, 1]), (0, [])):
        entries = (entry(b"x", "k") for _ in range(count))
        assert [len(batch) for batch in batches(entries)] == sizes


def test_a_batch_takes_five_megabytes_with_its_keys() -> None:
    """One byte more makes two."""
    half = BATCH_BYTES_MAX // 2
    fitting = [entry(b"x" * (half - 1), "k"), entry(b"x" * (half - 1), "k")]
    too_large = [*fitting[:1], entry(b"x" * half, "k")]

    assert [len(batch) for batch in batches(fitting)] == [2]
    assert [len(batch) for batch in batches(too_large)] == [1, 1]


def test_large_records_are_put_in_as_few_batches_as_they_fit() -> None:
    """Two fill a batch to the last byte, and the third begins the next."""
    half = BATCH_BYTES_MAX // 2
    entries = [entry(b"x" * (half - 1), "k")] * 3

    assert [len(batch) for batch in batches(entries)] == [2, 1]


def test_no_batch_is_empty() -> None:
    """Even in front of a record that no call takes: Kinesis refuses it by itself."""
    assert [len(batch) for batch in batches([entry(b"x" * BATCH_BYTES_MAX, "k")])] == [1]


def test_no_more_is_read_than_a_batch_needs() -> None:
    """A file of several GB is never in memory."""
    read = 0

    def reading() -> Any:
        nonlocal read
        for _ in range(2000):
            read += 1
            yield entry(b"x", "k")

    next(batches(reading()))

    assert read == 500


def test_refused_records_are_told_by_position() -> None:
    """The others are in."""
    kinesis = FakeKinesis(refused={"b", "d"})
    batch = [entry(b"x", key) for key in "abcd"]

    problems: list[str] = []

    assert put_batch(kinesis, "s", batch, problems, attempts=1) == [1, 3]
    assert problems == ["ProvisionedThroughputExceededException"] * 2
    assert [record["PartitionKey"] for record in kinesis.taken] == ["a", "c"]


def test_another_attempt_puts_the_refused_records_only() -> None:
    """As often as MAX_RETRY_COUNT allows."""
    kinesis = FakeKinesis(refused={"b"})
    batch = [entry(b"x", key) for key in "ab"]

    assert put_batch(kinesis, "s", batch, [], attempts=3) == [1]
    assert [len(sent) for sent in kinesis.batches] == [2, 1, 1]


def test_a_call_without_an_answer_fails_its_whole_batch() -> None:
    """It may have been taken; the consumers do not mind twice."""

    class Gone:
        """A stream that is not there."""

        def put_records(self, **_parameters: Any) -> Any:
            raise EndpointConnectionError(endpoint_url="https://kinesis")

    problems: list[str] = []

    batch = [entry(b"x", "a"), entry(b"x", "b")]
    assert put_batch(Gone(), "s", batch, problems, attempts=1) == [0, 1]
    assert problems == ["EndpointConnectionError"]
