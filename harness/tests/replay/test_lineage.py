"""Lineage: what an entry comes from, and in which shares."""

from typing import Any

import pytest

from harness.kernel.instant import Instant
from harness.kernel.journal import Entry
from harness.replay.lineage import Lineage

STREAMS = {"reader": "scores"}


class Book:
    """A journal that is written by hand."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def write(
        self, kind: str, subject: str = "", *, cause: int | None = None, **details: Any
    ) -> int:
        index = len(self.entries)
        actor = "reader" if kind == "batch" else "outside"
        self.entries.append(Entry(index, Instant(index), kind, actor, subject, cause, details))
        return index

    def put(self, count: int, first: int, cause: int) -> int:
        last = str(first + count - 1)
        return self.write(
            "records", "scores/shard-0", cause=cause, count=count, first=str(first), last=last
        )

    def batch(self, size: int, first: int, last: int, cause: int) -> int:
        return self.write(
            "batch", cause=cause, size=size, shard="shard-0", first=str(first), last=str(last)
        )

    def lineage(self) -> Lineage:
        return Lineage(self.entries, STREAMS)


def test_an_entry_comes_from_what_its_cause_comes_from() -> None:
    """However long the chain, and with the size of the batch in it."""
    book = Book()
    file = book.write("object")
    load = book.write("invocation", cause=file)
    put = book.put(3, 100, cause=load)
    batch = book.batch(3, 100, 102, cause=put)
    post = book.write("http", cause=book.write("invocation", cause=batch))

    lineage = book.lineage()

    assert lineage.shares(post) == ((file, 1.0),)
    assert (lineage.size(post), lineage.size(load)) == (3, 1)


def test_a_batch_of_two_files_comes_from_both() -> None:
    """By sequence numbers, whatever woke the mapping."""
    book = Book()
    files = [book.write("object"), book.write("object")]
    first = book.put(30, 100, cause=files[0])
    book.put(10, 200, cause=files[1])

    batch = book.batch(40, 100, 209, cause=first)

    assert dict(book.lineage().shares(batch)) == pytest.approx({files[0]: 0.75, files[1]: 0.25})


def test_a_batch_that_begins_within_a_put_has_only_the_rest_of_it() -> None:
    """The inner puts are whole; the ends share what is left."""
    book = Book()
    files = [book.write("object") for _ in range(3)]
    for number, file in enumerate(files):
        book.put(10, 100 * number, cause=file)

    batch = book.batch(20, 5, 204, cause=0)

    shares = dict(book.lineage().shares(batch))
    assert shares == pytest.approx({files[0]: 0.25, files[1]: 0.5, files[2]: 0.25})


def test_messages_tell_where_a_batch_of_a_queue_comes_from() -> None:
    """Not the message that happened to wake the poller."""
    book = Book()
    files = [book.write("object"), book.write("object")]
    for number, file in enumerate(files):
        book.write("message", "queue", cause=file, message_id=f"m{number}")

    batch = book.write("batch", cause=2, size=2, messages=["m1", "m0"])

    assert dict(book.lineage().shares(batch)) == {files[0]: 0.5, files[1]: 0.5}


def test_a_batch_that_has_lost_its_cause_comes_from_nothing() -> None:
    """It began nothing itself."""
    book = Book()
    batch = book.write("batch", size=2, attempt=1)

    assert book.lineage().shares(batch) == ()
