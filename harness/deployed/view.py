"""DeployedView: what invariants may look at of a deployed stack, which is its tables at rest.

An invariant that speaks of the tables alone must hold whatever was there before the run, so it
can be told.  How they came to be as they are cannot: inputs, streams and returned values of
before the run are gone, queues are not looked into, and partners are real.  An invariant that
asks for any of it is given up by name rather than fed with half of the truth.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

from typing_extensions import override

from harness.backends.lacking import LackingError

_UNSEEN: Mapping[str, str] = {
    "partners": "what partners were told",
    "journal": "a journal of what functions did",
    "results": "what functions returned",
    "inputs": "what came in before the run",
    "stream_records": "what streams had before the run",
    "dead_letters": "looking into a queue without receiving",
    "secrets": "the stack's own secrets",
}
"""Part of a view -> what the backend lacks to give it."""

Items = Sequence[Mapping[str, Any]]


class DeployedView:
    """The tables, by the names that the template gives them; everything else is a LackingError."""

    def __init__(self, table_names: Sequence[str], read: Callable[[str], Items]) -> None:
        self.tables: Mapping[str, Items] = _Tables(table_names, read)

    def __getattr__(self, name: str) -> NoReturn:
        """Refuse."""
        if name in _UNSEEN:
            raise LackingError("aws", _UNSEEN[name])
        raise AttributeError(f"a view has no {name!r}")


class _Tables(Mapping[str, Items]):
    """Each is read once, when it is asked for: a table of production is large."""

    def __init__(self, names: Sequence[str], read: Callable[[str], Items]) -> None:
        self._names = names
        self._read = read
        self._known: dict[str, Items] = {}

    @override
    def __getitem__(self, name: str) -> Items:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    @override
    def __len__(self) -> int:
        return len(self._names)
