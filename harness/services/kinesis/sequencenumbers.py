"""Sequence numbers: 56 decimal digits that say shard, counter and time.

The layout is AWS's own (version 2, decoded by kinesalite), 47 hexadecimal digits:

    2 | second of the shard's creation (9) | last digit of the shard's index (1) | counter (16)
    | 00 | second of the put (9) | index of the shard (8) | 2

The leading digit keeps every number at 56 decimal digits, so numbers of one shard compare as text.
"""

from dataclasses import dataclass

from harness.kernel.instant import Instant

COUNTER_STEP = 1 << 80
"""What one more on the counter adds to the number."""

LAST_COUNTER = 0x7FFF_FFFF_FFFF_FFFF
"""The counter in the ending sequence number of a closed shard."""

DIGITS = 56
_SECOND = 1_000_000
_HEX_DIGITS = 47


@dataclass(frozen=True, slots=True)
class SequenceNumber:
    """The parts of a sequence number; times are whole seconds since 1970."""

    shard_created: int
    shard_index: int
    counter: int
    time: int

    @property
    def value(self) -> int:
        """The number itself."""
        return (
            2 << 184
            | self.shard_created << 148
            | (self.shard_index & 0xF) << 144
            | self.counter << 80
            | self.time << 36
            | self.shard_index << 4
            | 2
        )


def whole_seconds(now: Instant) -> int:
    """Return *now* in whole seconds since 1970."""
    return now // _SECOND


def parse(text: str) -> SequenceNumber | None:
    """Return the parts of *text*, or None when it is no sequence number of version 2."""
    if not (text.isascii() and text.isdecimal()) or len(text) != DIGITS:
        return None
    digits = f"{int(text):x}"
    if len(digits) != _HEX_DIGITS or digits[0] != "2" or digits[-1] != "2":
        return None
    return SequenceNumber(
        shard_created=int(digits[1:10], 16),
        counter=int(digits[11:27], 16),
        time=int(digits[29:38], 16),
        shard_index=int(digits[38:46], 16),
    )
