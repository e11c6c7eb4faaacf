"""Files that code under test opens: the real ones, to read; and /tmp, to write; no terminal.

What it read may be another thing the next time, so an environment whose cold start opens a file
leaves no image.  What it makes in /tmp is its environment's own (`temporaryfiles`).  Lambda mounts everything but /tmp read-only (Lambda developer guide, "Understanding
the Lambda execution environment life cycle"); here a handler could else change its own source.
"""

import builtins
import errno
import io
import os
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from harness.sandbox.patch import Inside, Patch, note_contact

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_STANDARD_INPUT = 0
_STANDARD_OUTPUTS = (1, 2)
_DEVICES = "/dev"
_INPUT_FILES = ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")


class _Touched(NamedTuple):
    """A path that a call writes to: where it stands among the arguments, and what it is relative to."""

    position: int
    name: str
    folder: str
    """The argument that may hold the descriptor of a folder."""
    is_followed: bool = False
    """Whether a link that stands there is followed, and not itself what changes."""


_PATH = (_Touched(0, "path", "dir_fd"),)
_BOTH = (_Touched(0, "src", "src_dir_fd"), _Touched(1, "dst", "dst_dir_fd"))

_CHANGES: Mapping[str, tuple[_Touched, ...]] = {
    "link": _BOTH[1:],
    "mkdir": _PATH,
    "remove": _PATH,
    "rename": _BOTH,
    "replace": _BOTH,
    "rmdir": _PATH,
    "symlink": (_Touched(1, "dst", "dir_fd"),),
    "truncate": (_Touched(0, "path", "", is_followed=True),),
    "unlink": _PATH,
}
"""Functions of `os` that change a folder or a file by its path."""


class Files:
    """Notes who opens files, and keeps what is not theirs as it is, while it is installed."""

    def __init__(self, inside: Inside) -> None:
        opening: tuple[Any, ...] = (builtins, io)
        self._patches = [
            *(Patch(target, "open", _opening(target.open, inside), inside) for target in opening),
            Patch(os, "open", _low_opening(os.open, inside), inside),
            Patch(os, "read", _low_reading(os.read), inside),
            Patch(os, "write", _low_writing(os.write, inside), inside),
            *(
                Patch(os, name, _changing(getattr(os, name), touched, inside), inside)
                for name, touched in _CHANGES.items()
            ),
        ]

    def install(self) -> None:
        """Begin to take note."""
        # The first call looks for a folder by writing to it, and holds a lock meanwhile: asked by code
        # inside, it would ask itself.
        _writable()
        for patch in self._patches:
            patch.install()

    def remove(self) -> None:
        """Take no note any more."""
        for patch in self._patches:
            patch.remove()


def _opening(original: Any, inside: Inside) -> Any:
    def open_file(file: Any, mode: Any = "r", *args: Any, **kwargs: Any) -> Any:
        note_contact(inside)
        file = _without_terminal(file)
        if isinstance(mode, str) and not set(mode).isdisjoint("wax+"):
            _require_writable(file, inside)
        return original(file, mode, *args, **kwargs)

    return open_file


def _low_opening(original: Any, inside: Inside) -> Any:
    def open_file(path: Any, flags: int, *args: Any, **kwargs: Any) -> Any:
        note_contact(inside)
        path = _without_terminal(path)
        if flags & _WRITES:
            _require_writable(path, inside, kwargs.get("dir_fd"))
        return original(path, flags, *args, **kwargs)

    return open_file


def _low_reading(original: Any) -> Any:
    def read(descriptor: int, *args: Any) -> Any:
        return b"" if descriptor == _STANDARD_INPUT else original(descriptor, *args)

    return read


def _low_writing(original: Any, inside: Inside) -> Any:
    def write(descriptor: int, content: Any) -> Any:
        if descriptor not in _STANDARD_OUTPUTS or inside.place is None:
            return original(descriptor, content)
        data = bytes(content)
        inside.place.write(data.decode("utf-8", "replace"))
        return len(data)

    return write


def _without_terminal(file: Any) -> Any:
    """Return *file*, or what Lambda has where this process has a terminal."""
    if file == "/dev/tty":
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), file)
    is_input = (
        file in _INPUT_FILES
        if isinstance(file, str)
        else (file == _STANDARD_INPUT and isinstance(file, int))
    )
    return os.devnull if is_input else file


def _changing(original: Any, touched: Iterable[_Touched], inside: Inside) -> Any:
    def change(*args: Any, **kwargs: Any) -> Any:
        note_contact(inside)
        for one in touched:
            path = args[one.position] if one.position < len(args) else kwargs.get(one.name)
            _require_writable(path, inside, kwargs.get(one.folder), is_followed=one.is_followed)
        return original(*args, **kwargs)

    return change


def _require_writable(
    path: Any, inside: Inside, folder: int | None = None, *, is_followed: bool = True
) -> None:
    """Raise what Linux raises for a file on Lambda that is not below /tmp.

    *folder* is the descriptor of what a relative path begins at, if not the working folder.
    """
    if not isinstance(path, str | bytes | os.PathLike):
        return  # a descriptor that is open already
    place = inside.place
    text = os.fsdecode(path)
    absolute = _absolute(text, folder, is_followed=is_followed)
    is_code = place is not None and absolute.is_relative_to(place.code)
    root = next(filter(absolute.is_relative_to, _writable()), None)
    if is_code or root is None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), text)
    if place is not None and root != _DEVICES:
        place.temporary.expect(absolute, root)


def note_made(path: Path, inside: Inside) -> None:
    """Take note of a file that a library in C may be about to make."""
    absolute = path.resolve()
    root = next(filter(absolute.is_relative_to, _writable()), _DEVICES)
    if inside.place is not None and root != _DEVICES:
        inside.place.temporary.expect(absolute, root)


@cache
def _writable() -> tuple[str, ...]:
    """Return the folders that can be written: Lambda's, and what this machine has in its place."""
    return (_DEVICES, os.path.realpath("/tmp"), os.path.realpath(tempfile.gettempdir()))  # noqa: S108 - Lambda's own


def _absolute(path: str, folder: int | None, *, is_followed: bool) -> Path:
    """Return the place of *path*, links on the way resolved."""
    start = Path() if folder is None else Path(f"/proc/self/fd/{folder}").readlink()
    whole = start / path
    return whole.resolve() if is_followed else whole.parent.resolve() / whole.name
