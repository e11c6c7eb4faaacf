"""Source text that libraries compile while a module is imported, compiled once for all.

`dataclasses` and `collections.namedtuple` write the methods of each class as text and compile
them, which is most of what a cold start costs.  The same text always gives the same code, and
code cannot be changed, so it is kept and only executed again.
"""

import builtins
import collections
import dataclasses
from types import CodeType
from typing import Any

_codes: dict[tuple[str, str], CodeType] = {}


def _execute(text: Any, *namespaces: Any) -> None:
    builtins.exec(_compiled(text, "exec"), *namespaces)  # noqa: S102 - what dataclasses does itself


def _evaluate(text: Any, *namespaces: Any) -> Any:
    return builtins.eval(_compiled(text, "eval"), *namespaces)  # noqa: S307 - what namedtuple does itself


def _compiled(text: Any, mode: str) -> Any:
    if not isinstance(text, str):
        return text
    code = _codes.get((text, mode))
    if code is None:
        code = _codes[text, mode] = compile(text, "<string>", mode)
    return code


class SharedCompilation:
    """Lets the two modules use the kept code while it is installed."""

    def install(self) -> None:
        """Put our functions in front of the builtin ones, in these modules alone."""
        vars(dataclasses)["exec"] = _execute
        vars(collections)["eval"] = _evaluate

    def remove(self) -> None:
        """Take them away again."""
        del vars(dataclasses)["exec"]
        del vars(collections)["eval"]
