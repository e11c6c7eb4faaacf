"""A block of settings, checked: each key is modelled, accepted without effect, or refused by name.

The tables of the three kinds stand beside what they belong to, in ``resources/``; nothing is ever
ignored by accident.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from harness.kernel.instant import Duration, seconds
from harness.world.template.node import MappingNode, Node, Position, ScalarNode, SequenceNode
from harness.world.template.problems import REMEDY, broken, listing, suggestion, unsupported


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The properties that AWS knows for one kind of block."""

    modelled: frozenset[str]
    accepted: Mapping[str, str] = field(default_factory=dict)
    """Property -> why it has no effect in a simulation."""
    refused: frozenset[str] = frozenset()
    """What AWS does and the simulation does not."""

    @property
    def known(self) -> list[str]:
        """Every name that is no misspelling."""
        return [*self.modelled, *self.accepted, *self.refused]


def vocabulary(
    modelled: str, *, accepted: Mapping[str, str] | None = None, refused: str = ""
) -> Vocabulary:
    """Return a vocabulary of names that are written with spaces between them."""
    return Vocabulary(frozenset(modelled.split()), accepted or {}, frozenset(refused.split()))


Ignored = Callable[[str, str], None]
"""Is told of each setting without effect: its path, and why."""


def ignore_silently(_setting: str, _why: str) -> None:
    """Forget that a setting has no effect."""


_WHOLE = re.compile(r"-?[0-9]{1,18}").fullmatch
"""Python refuses to read numbers of thousands of digits, and no setting is that large."""


class Block:
    """The resolved settings of a resource, or of a part of it."""

    def __init__(
        self,
        node: MappingNode,
        owner: str,
        words: Vocabulary,
        *,
        path: str = "",
        ignored: Ignored = ignore_silently,
    ) -> None:
        self.node = node
        self.owner = owner
        self._path = path
        self._ignored = ignored
        for name in node.members:
            if name in words.modelled:
                continue
            if name in words.accepted:
                ignored(path + name, words.accepted[name])
            elif name in words.refused:
                raise self.unsupported(name, f"property {path + name!r} is not modelled; {REMEDY}")
            else:
                hint = suggestion(name, words.known)
                raise self.broken(name, f"unknown property {path + name!r}{hint}", at_key=True)

    def __contains__(self, name: str) -> bool:
        return name in self.node.members

    def position(self, name: str) -> Position:
        """Return where the value of *name* stands, or the block where there is none."""
        found = self.node.members.get(name)
        return self.node.position if found is None else found.position

    def broken(self, name: str, problem: str, *, at_key: bool = False) -> Exception:
        """Return the error for something the author can fix at the setting *name*."""
        at = self.node.at(name) if at_key else self.position(name)
        return broken(at, f"{self.owner}: {problem}")

    def unsupported(self, name: str, problem: str) -> Exception:
        """Return the error for something that is not modelled at the setting *name*."""
        return unsupported(self.node.at(name), f"{self.owner}: {problem}")

    def find(self, name: str) -> Node | None:
        """Return the node of *name*, if it is there."""
        return self.node.members.get(name)

    def scalar(self, name: str) -> ScalarNode | None:
        """Return the single value of *name*, if it is there."""
        found = self.find(name)
        if found is None or isinstance(found, ScalarNode):
            return found
        raise self.wrong(name, "a text")

    def text(self, name: str) -> str | None:
        """Return the text of *name*, if it is there."""
        found = self.scalar(name)
        return None if found is None else found.text

    def shown(self, name: str) -> str:
        """Return the value of *name* as an error may print it."""
        return self.node.members[name].shown

    def required(self, name: str) -> str:
        """Return the text of *name*, which has to be there."""
        found = self.text(name)
        if not found:
            raise self.missing(name)
        return found

    def missing(self, name: str) -> Exception:
        """Return the error for a setting that has to be there."""
        return broken(self.node.position, f"{self.owner}: {self._path + name!r} is missing")

    def wrong(self, name: str, expected: str) -> Exception:
        """Return the error for a value that is not *expected*."""
        found = self.node.members[name]
        return self.broken(name, f"{self._path + name!r} must be {expected}, not {found.shown}")

    def integer(self, name: str, low: int, high: int) -> int | None:
        """Return the whole number *name*, from *low* to *high*, if it is there."""
        found = self.scalar(name)
        if found is None:
            return None
        if not (_WHOLE(found.text) and low <= int(found.text) <= high):
            raise self.wrong(name, f"a whole number from {low} to {high}")
        return int(found.text)

    def seconds(self, name: str, low: int, high: int) -> Duration | None:
        """Return *name*, a number of seconds from *low* to *high*, if it is there."""
        count = self.integer(name, low, high)
        return None if count is None else seconds(count)

    def boolean(self, name: str, *, default: bool) -> bool:
        """Return *name*, or *default*."""
        found = self.scalar(name)
        if found is None:
            return default
        if found.text.lower() not in ("true", "false"):
            raise self.wrong(name, "true or false")
        return found.text.lower() == "true"

    def choice(self, name: str, choices: Iterable[str]) -> str | None:
        """Return *name*, one of *choices*, if it is there."""
        found = self.scalar(name)
        if found is None:
            return None
        if found.text not in (known := list(choices)):
            raise self.wrong(name, listing(known))
        return found.text

    def nodes(self, name: str) -> tuple[Node, ...]:
        """Return the members of the list *name*, or of a single value as a list of one."""
        found = self.find(name)
        if isinstance(found, SequenceNode):
            return found.items
        return () if found is None else (found,)

    def texts(self, name: str) -> list[str]:
        """Return the list of texts *name*, or a single text as a list of one."""
        found: list[str] = []
        for node in self.nodes(name):
            if not isinstance(node, ScalarNode):
                raise self.broken(name, f"{self._path + name!r} must be a list of texts")
            found.append(node.text)
        return found

    def block(self, name: str, words: Vocabulary) -> "Block | None":
        """Return the block *name*, if it is there."""
        found = self.find(name)
        if found is None:
            return None
        if not isinstance(found, MappingNode):
            raise self.wrong(name, "a mapping")
        return self._inner(found, words, f"{self._path}{name}.")

    def blocks(self, name: str, words: Vocabulary) -> "list[Block]":
        """Return the list of blocks *name*."""
        found = self.find(name)
        if found is not None and not isinstance(found, SequenceNode):
            raise self.wrong(name, "a list")
        inner: list[Block] = []
        for number, node in enumerate(self.nodes(name)):
            if not isinstance(node, MappingNode):
                problem = f"{self._path}{name}[{number}] must be a mapping, not {node.shown}"
                raise broken(node.position, f"{self.owner}: {problem}")
            inner.append(self._inner(node, words, f"{self._path}{name}[{number}]."))
        return inner

    def _inner(self, node: MappingNode, words: Vocabulary, path: str) -> "Block":
        return Block(node, self.owner, words, path=path, ignored=self._ignored)
