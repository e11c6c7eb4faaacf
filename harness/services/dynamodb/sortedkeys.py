"""A sorted list in blocks, so that a million keys in random order stay cheap to insert."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import Any

_BLOCK_MAX = 1024


class SortedKeys:
    """Distinct comparable keys in ascending order."""

    __slots__ = ("_blocks", "_lasts")

    def __init__(self, keys: Iterable[Any] = ()) -> None:
        ordered = sorted(keys)
        half = _BLOCK_MAX // 2
        self._blocks = [ordered[start : start + half] for start in range(0, len(ordered), half)]
        self._lasts = [block[-1] for block in self._blocks]

    def __bool__(self) -> bool:
        return bool(self._blocks)

    def add(self, key: Any) -> None:
        """Insert *key*, which is not there yet."""
        if not self._blocks:
            self._blocks.append([key])
            self._lasts.append(key)
            return
        index = min(bisect_left(self._lasts, key), len(self._blocks) - 1)
        block = self._blocks[index]
        insort(block, key)
        if len(block) > _BLOCK_MAX:
            half = len(block) // 2
            self._blocks.insert(index + 1, block[half:])
            self._lasts.insert(index + 1, block[-1])
            del block[half:]
        self._lasts[index] = block[-1]

    def remove(self, key: Any) -> None:
        """Take *key* out, which is there."""
        index = bisect_left(self._lasts, key)
        block = self._blocks[index]
        position = bisect_left(block, key)
        assert block[position] == key, "only what is there is removed"
        del block[position]
        if block:
            self._lasts[index] = block[-1]
        else:
            del self._blocks[index], self._lasts[index]

    def ascending(self, start: Any = None) -> Iterator[Any]:
        """Return the keys that are at least *start*, smallest first."""
        index = position = 0
        if start is not None:
            index = bisect_left(self._lasts, start)
            if index < len(self._blocks):
                position = bisect_left(self._blocks[index], start)
        for block in self._blocks[index:]:
            yield from block[position:]
            position = 0

    def descending(self, start: Any = None) -> Iterator[Any]:
        """Return the keys that are at most *start*, largest first."""
        if not self._blocks:
            return
        index = len(self._blocks) - 1
        position = len(self._blocks[index])
        if start is not None:
            index = min(bisect_left(self._lasts, start), index)
            position = bisect_right(self._blocks[index], start)
        yield from reversed(self._blocks[index][:position])
        for block in reversed(self._blocks[:index]):
            yield from reversed(block)
