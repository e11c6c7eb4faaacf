"""Content: what an object of a recording holds, read or made anew for every reader.

It is gone through once beforehand, for its size, its ETag and its rows.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import md5
from pathlib import Path
from typing import Any

from harness.replay.rowcount import RowCount
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.problems import InvalidScenarioError, problem_at
from harness.scenarios.payload import csv_of
from harness.scenarios.run import folder_of, imported, unknown
from harness.scenarios.steps.put_object import PutObject
from harness.writtenpaths import names_file

_CHUNK_BYTES = 1 << 16
_GZIP = 31
"""What zlib calls the gzip format; it writes neither a name nor a time into it."""


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes that *factory* makes anew for every reader."""

    factory: Callable[[], Iterator[bytes]]
    size: int
    etag: str
    rows: int
    """Data rows of a CSV file, zipped or not; 0 for anything else."""


def content_of(
    put: PutObject, generated: Mapping[str, Mapping[str, Any]], generators: Mapping[str, str]
) -> Content | None:
    """Return what *put* puts, if it is a file or generated; rows and text are small enough."""
    if put.file is not None:
        factory = _file(put)
    elif put.generated is not None:
        factory = _generator(put, generated, generators)
    else:
        return None
    if put.gzip:
        factory = partial(_zipped, factory)
    try:
        return _measured(factory, put.key)
    except zlib.error as error:
        raise _broken(put.where("key"), f"{put.key!r} does not hold gzip: {error}") from error


def _measured(factory: Callable[[], Iterator[bytes]], object_key: str) -> Content:
    digest, size = md5(usedforsecurity=False), 0
    rows = RowCount() if object_key.endswith((".csv", ".csv.gz")) else None
    unzip = zlib.decompressobj(_GZIP) if object_key.endswith(".gz") else None
    for chunk in factory():
        digest.update(chunk)
        size += len(chunk)
        if rows is not None:
            rows.add(chunk if unzip is None else unzip.decompress(chunk))
    return Content(factory, size, digest.hexdigest(), 0 if rows is None else rows.data_rows)


def _file(put: PutObject) -> Callable[[], Iterator[bytes]]:
    node = put.where("file")
    path = folder_of(node) / str(put.file)
    if not names_file(path):
        raise _broken(node, f"there is no file {put.file!r} beside the manifest")
    return partial(_chunks_of_file, path)


def _chunks_of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _generator(
    put: PutObject, generated: Mapping[str, Mapping[str, Any]], generators: Mapping[str, str]
) -> Callable[[], Iterator[bytes]]:
    name, node = str(put.generated), put.where("generated")
    if name not in generated:
        raise unknown("generated content", name, node, list(generated))
    options = dict(generated[name])
    generator_name = str(options.pop("generator"))
    if generator_name not in generators:
        raise unknown("generator", generator_name, node, list(generators))
    generator = imported(generators[generator_name], node)

    def make() -> Iterator[bytes]:
        try:
            made = generator(**options)
        except (TypeError, ValueError) as error:
            text = f"the generator of {name!r} refuses its options: {error}"
            raise _broken(node, text) from error
        return _chunks(made)

    return make


def _chunks(made: Any) -> Iterator[bytes]:
    """Yield what a generator made: bytes, text, pieces of either, or rows for CSV."""
    if isinstance(made, bytes | bytearray | str):
        made = [made]
    pieces = iter(made)
    for piece in pieces:
        if isinstance(piece, Mapping):
            # The columns are known when all rows are.
            yield csv_of([piece, *pieces])
        else:
            yield piece if isinstance(piece, bytes) else str(piece).encode()


def _zipped(factory: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    compressor = zlib.compressobj(wbits=_GZIP)
    for chunk in factory():
        if packed := compressor.compress(chunk):
            yield packed
    yield compressor.flush()


def _broken(node: AnyNode, text: str) -> InvalidScenarioError:
    return InvalidScenarioError([problem_at(node, text)])
