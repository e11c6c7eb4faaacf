"""Builds an image of a Python program from this machine's own Python: no registry is asked.

``python -m harness.backends.containers.image NAME`` packs the interpreter, its standard library,
the packages that ``moto[server]`` needs, the shared libraries of all of them and the program into
a root file system, and gives it to ``docker import``.  ``... NAME FILE INSIDE DISTRIBUTION`` packs
another program: a file of Python, the path of a command that it is inside, and what it needs.
"""

import json
import re
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import cache_from_source
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from harness.backends import motoserver

DEFAULT_NAME = "harness-moto:local"

_LEFT_OUT = frozenset({
    "__pycache__", "ensurepip", "idlelib", "lib2to3", "site-packages", "test", "tests", "tkinter",
    "turtledemo",
})  # fmt: skip
_EXECUTABLE = Path(sys.executable).resolve()
_SITE = "/site-packages"
"""Where the packages lie inside the image."""

_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")
_LIBRARY = re.compile(r"(/\S+\.so\S*)")
_FILES = {
    "etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
    "etc/hosts": "127.0.0.1 localhost\n",
    "tmp/.keep": "",
}


@dataclass(frozen=True, slots=True)
class Program:
    """What an image runs."""

    file: Path
    inside: str
    """The path of the command that it is there."""
    distribution: str
    extras: frozenset[str] = frozenset()
    arguments: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> bytes:
        """Return the file as a command, which needs no shell."""
        return f"#!{_EXECUTABLE} -P\n".encode() + self.file.read_bytes()


MOTO = Program(
    Path(motoserver.__file__).with_name("serve.py"),
    "/bin/moto-server",
    "moto",
    frozenset({"server"}),
    ("0.0.0.0",),  # noqa: S104 - inside the container
    {"MOTO_PORT": "5000"},
)
"""moto's server, over connections that are kept."""


def build(name: str, program: Program = MOTO) -> None:
    """Build the image *name* from what is installed here."""
    with TemporaryFile() as file:
        pack(file, program)
        file.seek(0)
        command = ["docker", "import", *_changes(program), "-", name]
        subprocess.run(  # noqa: S603 - our own words and the name of an image
            command, stdin=file, check=True, stdout=subprocess.DEVNULL
        )


def pack(file: IO[bytes], program: Program) -> None:
    """Write the root file system as a tar archive."""
    sources = [
        (_EXECUTABLE, str(_EXECUTABLE)),
        *_with_compiled(_standard_library()),
        *_with_compiled(_packages(program.distribution, set(program.extras))),
    ]
    binaries = [path for path, _ in sources if ".so" in path.suffixes or path == _EXECUTABLE]
    texts = {inside: text.encode() for inside, text in _FILES.items()}
    with tarfile.open(fileobj=file, mode="w", dereference=True) as archive:
        for path, inside in [*sources, *_shared_libraries(binaries)]:
            archive.add(path, inside.lstrip("/"), recursive=False)
        for inside, text in {**texts, program.inside.lstrip("/"): program.text}.items():
            member = tarfile.TarInfo(inside)
            member.size = len(text)
            member.mode = 0o755
            archive.addfile(member, BytesIO(text))


def _changes(program: Program) -> Iterator[str]:
    """Return what the image is told beside its files: its variables and its command."""
    base = sysconfig.get_config_var("prefix")
    variables = {"PYTHONPATH": _SITE, "PYTHONHOME": base, **program.variables}
    for name, value in variables.items():
        yield "--change"
        yield f"ENV {name}={value}"
    yield "--change"
    yield f"CMD {json.dumps([program.inside, *program.arguments])}"


def _standard_library() -> Iterator[tuple[Path, str]]:
    folder = Path(sysconfig.get_path("stdlib"))
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and _LEFT_OUT.isdisjoint(parts) and not parts[0].startswith("config-"):
            yield path, str(path)


def _with_compiled(files: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    """Return *files*, and beside each module what Python has compiled of it here."""
    for path, inside in files:
        yield path, inside
        if path.suffix == ".py":
            compiled = Path(cache_from_source(str(path)))
            if compiled.is_file():
                yield compiled, f"{Path(inside).parent}/__pycache__/{compiled.name}"


def _packages(name: str, extras: set[str]) -> Iterator[tuple[Path, str]]:
    """Return the files of a distribution and of all that it needs, and where they go."""
    for found in _needed(name, extras):
        for file in found.files or ():
            path = Path(str(found.locate_file(file)))
            is_inside = not str(file).startswith("..")
            if is_inside and path.is_file() and "__pycache__" not in path.parts:
                yield path, f"{_SITE}/{file}"


def _needed(name: str, extras: set[str]) -> list[Distribution]:
    found: dict[str, Distribution] = {}
    waiting = [(name, extras)]
    while waiting:
        name, extras = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            found[key] = distribution(name)
        except PackageNotFoundError:
            continue  # it is meant for another platform or another extra
        waiting += [(needed, set()) for needed in _requirements(found[key].requires or (), extras)]
    return [found[key] for key in sorted(found)]


def _requirements(lines: Iterable[str], extras: set[str]) -> Iterator[str]:
    """Return the names in *lines* that hold without an extra, or with one of *extras*."""
    for line in lines:
        requirement, _, marker = line.partition(";")
        asked = re.findall(r"extra\s*==\s*['\"]([^'\"]+)['\"]", marker)
        match = _REQUIREMENT.match(requirement.strip())
        if match is not None and (not asked or not extras.isdisjoint(asked)):
            yield match.group()


def _shared_libraries(binaries: Iterable[Path]) -> list[tuple[Path, str]]:
    """Return the libraries that the loader would find for *binaries*, and the loader itself."""
    found: set[str] = set()
    for binary in binaries:
        told = subprocess.run(  # noqa: S603 - a file of this Python's own
            ["ldd", str(binary)],  # noqa: S607 - the system's
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        found.update(_LIBRARY.findall(told))
    return [(Path(library), library) for library in sorted(found) if Path(library).exists()]


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_NAME
    if len(sys.argv) > 2:  # noqa: PLR2004 - there is more than a name
        source, inside, needed = sys.argv[2:]
        build(chosen, Program(Path(source), inside, needed))
    else:
        build(chosen)
