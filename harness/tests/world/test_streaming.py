"""A file of any size passes through a handler without ever lying in memory as a whole."""

import hashlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from harness.tests.world.opening import a_world

ROWS = 200_000
BROKEN = 123_456
PEAK_BYTES_MAX = 6_000_000

READING = """\
import boto3
from workers.events.csvrows import read_rows
from workers.events.objecttext import open_text

def handler(event, context):
    body = boto3.client("s3").get_object(Bucket=event["bucket"], Key="large.csv")["Body"]
    sound, broken = 0, []
    for number, row in read_rows(open_text(body)):
        if isinstance(row, str):
            broken.append([number, row])
        else:
            sound += 1
    return {"sound": sound, "broken": broken}
"""


def chunks() -> Iterator[bytes]:
    """Make the content: rows of a hundred bytes, one of them broken."""
    for start in range(0, ROWS, 1_000):
        lines = (
            b'a "quote that is never closed' if number == BROKEN else b"%099d" % number
            for number in range(start, start + 1_000)
        )
        yield b"\n".join(lines) + b"\n"


def test_a_large_file_with_one_broken_line_is_read_in_constant_memory(tmp_path: Path) -> None:
    """The broken line is named, all others are read; 20 MB take less than a third of it."""
    size = sum(map(len, chunks()))
    etag = hashlib.md5(b"".join(chunks())).hexdigest()
    assert size > 3 * PEAK_BYTES_MAX
    with a_world(tmp_path, READING) as world:
        (bucket,) = world.s3.buckets
        world.s3.put_streaming(bucket, "large.csv", chunks, size, etag, world.now)
        world.invoke("Handle", {"bucket": bucket})  # what is imported once is not the file's
        tracemalloc.start()
        try:
            outcome = world.invoke("Handle", {"bucket": bucket})
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert outcome.payload == {"sound": ROWS - 1, "broken": [[BROKEN + 1, "not_csv"]]}
    assert peak < PEAK_BYTES_MAX
