"""How far a shard has been processed.

A checkpoint is a position: everything before it has been delivered, filtered out or dropped.
It never goes back.
"""

from collections.abc import Iterable


def checkpoint_position(read_position: int, pending: Iterable[int | None]) -> int:
    """Return the checkpoint of a shard that has been read up to *read_position*.

    *pending* holds, for each lane, the position of its first record that is not done yet, or
    None.  Later records of other lanes may be done; the mark waits for the slowest.
    """
    position = read_position
    for first in pending:
        if first is not None and first < position:
            position = first
    return position
