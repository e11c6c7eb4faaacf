"""The object of a campaign, generated once into a file that every measurement reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5
from importlib import import_module
from pathlib import Path

from harness.bench.plan import Plan

_CHUNK_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Content:
    """A generated object."""

    path: str
    records: int
    size: int
    """Bytes."""
    etag: str

    def chunks(self) -> Iterator[bytes]:
        """Return the content from its beginning, never whole in memory."""
        with Path(self.path).open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk


def generate(plan: Plan, records: int, path: Path) -> Content:
    """Write an object of *records* records to *path*."""
    module_name, _, name = plan.generator.partition(":")
    make = getattr(import_module(module_name), name)
    size = 0
    digest = md5(usedforsecurity=False)
    with path.open("wb") as file:
        for chunk in make(**plan.options, **{plan.count_option: records}):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Content(str(path), records, size, digest.hexdigest())
