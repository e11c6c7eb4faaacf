"""Files that a command writes at its end: refused at once where they could not be written."""

from pathlib import Path

import typer

from harness.writtenpaths import names_something


def require_writable(path: Path | None, option: str) -> None:
    """Refuse a file that could not be written, before minutes have gone into its contents."""
    if path is None:
        return
    is_new = not names_something(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a", encoding="utf-8").close()
    except OSError as error:
        problem = f"cannot write {str(path)!r}: {(error.strerror or str(error)).lower()}"
        raise typer.BadParameter(problem, param_hint=option) from error
    if is_new:
        path.unlink()


def write(path: Path | None, text: str) -> None:
    """Write *text* there, if a file was asked for at all."""
    if path is not None:
        path.write_text(text, encoding="utf-8")
