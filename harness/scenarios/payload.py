"""Payload: the bytes of an object, as rows, text, a file or from a generator."""

import csv
import gzip
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from typing_extensions import override

from harness.results.raised import described
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.problems import suggestion
from harness.scenarios.run import Run, folder_of
from harness.scenarios.shapes.written import Written
from harness.writtenpaths import names_folder, names_something

_SOURCES = ("rows", "text", "file", "generated")


@dataclass(frozen=True, slots=True)
class Payload(Written):
    """The content of an object: exactly one of rows, text, file and generated."""

    rows: Annotated[
        list[dict[str, Any]] | None,
        "mappings that become a CSV file, columns as they first appear",
    ] = None
    text: Annotated[str | None, "the content itself"] = None
    file: Annotated[str | None, "a file, relative to the scenario's folder"] = None
    generated: Annotated[str | None, "a name under `given: generated`"] = None
    gzip: Annotated[bool, "compress the content"] = False

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse none and more than one source."""
        given = [name for name in _SOURCES if getattr(self, name) is not None]
        if not given:
            return self.node, f"the content is missing; give one of {', '.join(_SOURCES)}"
        if len(given) > 1:
            return self.key_of(given[1]), f"the content is given twice: {' and '.join(given)}"
        return None

    def content(self, run: Run) -> bytes:
        """Return the bytes."""
        data = self._plain_content(run)
        # Without a fixed time the same content would not compress to the same bytes.
        return gzip.compress(data, mtime=0) if self.gzip else data

    def _plain_content(self, run: Run) -> bytes:
        if self.rows is not None:
            return csv_of(self.rows)
        if self.text is not None:
            return self.text.encode()
        if self.file is not None:
            return read_file(self.file, self.where("file"), run)
        assert self.generated is not None, "complaint() has seen to it"
        node = self.where("generated")
        made = generate(self.generated, node, run)
        try:
            return as_bytes(made)
        except Exception as error:  # what it yields is made while it is read
            text = f"the generator of {self.generated!r} makes no content: {described(error)}"
            raise run.broken(node, text) from error


def read_file(name: str, node: AnyNode, run: Run) -> bytes:
    """Return what the file *name* holds, which lies beside the file that *node* stands in."""
    path = folder_of(node) / name
    try:
        return path.read_bytes()
    except OSError as error:
        hint = suggestion(path.name, _siblings(path)) if not names_something(path) else ""
        text = f"cannot read {name!r}: {(error.strerror or str(error)).lower()}{hint}"
        raise run.broken(node, text) from error


def _siblings(path: Path) -> list[str]:
    folder = path.parent
    return [each.name for each in folder.iterdir()] if names_folder(folder) else []


def generate(name: str, node: AnyNode, run: Run) -> Any:
    """Return what the generator behind ``generated: name`` makes, anew each time."""
    options = dict(run.generated[name])
    generator = run.generator(str(options.pop("generator")), node)
    try:
        return generator(**options)
    except (TypeError, ValueError) as error:
        raise run.broken(
            node, f"the generator of {name!r} refuses its options: {error}"
        ) from error
    except Exception as error:
        text = f"the generator of {name!r} failed: {described(error)}"
        raise run.broken(node, text) from error


def as_bytes(made: Any) -> bytes:
    """Return what a generator made as bytes: text, bytes, chunks of bytes, or rows for CSV."""
    if isinstance(made, bytes | bytearray):
        return bytes(made)
    if isinstance(made, str):
        return made.encode()
    parts = list(made)
    if parts and isinstance(parts[0], Mapping):
        return csv_of(parts)
    return b"".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)


def csv_of(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return *rows* as CSV with a header."""
    rows = list(rows)
    columns = list(dict.fromkeys(str(name) for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = {str(name): _cell(value) for name, value in row.items()}
        writer.writerow([cells.get(column, "") for column in columns])
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
