"""One hash of a journal, to see whether two runs were the same."""

import json
from collections.abc import Iterable
from hashlib import blake2b

import msgspec

from harness.kernel.journal import Entry

_encode = msgspec.json.Encoder(order="sorted").encode


def digest(entries: Iterable[Entry]) -> str:
    """Return 32 hexadecimal digits that differ as soon as any entry differs."""
    state = blake2b(digest_size=16)
    for entry in entries:
        state.update(canonical(entry))
        state.update(b"\n")
    return state.hexdigest()


def canonical(entry: Entry) -> bytes:
    """Return *entry* as one line of JSON, keys sorted."""
    parts = (entry.instant, entry.kind, entry.actor, entry.subject, entry.cause, entry.details)
    try:
        return _encode(parts)
    except UnicodeEncodeError:
        # A lone surrogate, which stands for a byte that was no UTF-8; only the escaped form has it.
        return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()
