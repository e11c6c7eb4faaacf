"""One hash of a journal, to see whether two runs were the same."""

import json
from collections.abc import Iterable
from hashlib import blake2b

from harness.kernel.journal import Entry


def digest(entries: Iterable[Entry]) -> str:
    """Return 32 hexadecimal digits that differ as soon as any entry differs."""
    state = blake2b(digest_size=16)
    for entry in entries:
        state.update(canonical(entry).encode())
        state.update(b"\n")
    return state.hexdigest()


def canonical(entry: Entry) -> str:
    """Return *entry* as one line of JSON, keys sorted."""
    return json.dumps(
        [entry.instant, entry.kind, entry.actor, entry.subject, entry.cause, entry.details],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
