"""What must be equal in two answers, when some of it is nobody's business.

Ids, handles and tokens are never equal, but they stand for the same things: what is one id on one
side is one id on the other, each time it comes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from harness.tests.differential.peers import Exchange

UNDETERMINED = frozenset({
    "MessageId", "ReceiptHandle", "SequenceNumber", "VersionId", "UploadId", "CopySourceVersionId",
    "VersionIdMarker", "NextVersionIdMarker", "LatestStreamLabel", "LatestStreamArn", "StreamArn",
    "StreamLabel", "TableId", "eventID", "ContinuationToken", "StartingSequenceNumber",
    "EndingSequenceNumber", "DeleteMarkerVersionId", "StreamId", "UUID",
})  # fmt: skip
"""What identifies something, and has no form that AWS promises."""

HIDDEN = frozenset({
    "ShardIterator", "NextShardIterator", "NextToken", "NextContinuationToken",
})  # fmt: skip
"""What is there on both sides or on neither, and new each time."""

_SETS = frozenset({"SS", "NS", "BS"})


@dataclass(slots=True)
class Correspondence:
    """Which id of ours is which of theirs."""

    theirs: dict[str, Any] = field(default_factory=dict)
    ours: dict[str, Any] = field(default_factory=dict)

    def agrees(self, name: str, ours: Any, theirs: Any) -> bool:
        """Whether the two may be one; from then on they are."""
        known = self.theirs.setdefault(f"{name} {ours!r}", theirs)
        back = self.ours.setdefault(f"{name} {theirs!r}", ours)
        return bool(known == theirs and back == ours)


def differences(
    exchange: Exchange, same: Correspondence, ignored: frozenset[str] = frozenset()
) -> list[str]:
    """Return where both answers differ: a path, and what stands there on either side."""
    ours, theirs = exchange.ours, exchange.theirs
    if ours.code != theirs.code:
        return [f"{ours} != {theirs}"]
    if ours.message != theirs.message:
        return [f"{ours.code}: {ours.message!r} != {theirs.message!r}"]
    return list(_differ("", ours.output, theirs.output, same, ignored))


def _differ(
    path: str, ours: Any, theirs: Any, same: Correspondence, ignored: frozenset[str]
) -> Iterator[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in sorted((ours.keys() | theirs.keys()) - ignored, key=str):
            yield from _members_differ(
                f"{path}.{name}",
                name,
                (ours.get(name, _MISSING), theirs.get(name, _MISSING)),
                same,
                ignored,
            )
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for place, (left, right) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differ(f"{path}[{place}]", left, right, same, ignored)
    elif ours != theirs:
        yield f"{path}: {ours!r} != {theirs!r}"


def _members_differ(
    path: str, name: str, both: tuple[Any, Any], same: Correspondence, ignored: frozenset[str]
) -> Iterator[str]:
    ours, theirs = both
    if _MISSING in both:
        yield f"{path}: {ours!r} != {theirs!r}"
    elif name in HIDDEN or isinstance(ours, datetime):
        return
    elif name in UNDETERMINED:
        if not same.agrees(name, ours, theirs):
            yield f"{path}: {ours!r} is not what {theirs!r} was before"
    elif name in _SETS and isinstance(ours, list) and isinstance(theirs, list):
        yield from _differ(path, sorted(ours), sorted(theirs), same, ignored)
    else:
        yield from _differ(path, ours, theirs, same, ignored)


class _Missing:
    def __repr__(self) -> str:
        return "nothing"


_MISSING = _Missing()
