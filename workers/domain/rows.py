"""From a row of a scored file to a record: which columns, which rules, which rank."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import get_args

from workers.domain.campaignids import is_campaign_id
from workers.domain.instants import normalised_instant
from workers.domain.record import (
    MEMBER_ID_BYTES_MAX,
    NO_RANK,
    PARTITION_KEY_CHARACTERS_MAX,
    RANK_MAX,
    SCORE_MIN,
    ScoreRecord,
    Slot,
    Verdict,
)

REQUIRED_COLUMNS = (
    "campaignId",
    "memberId",
    "marketId",
    "eventId",
    "preferences",
    "score",
    "scoredAt",
)
OPTIONAL_COLUMNS = ("isVerified", "verdict")
NAME_CHARACTERS_MAX = 128

# Longer lists are rare enough to be taken apart each time; the memory of the short ones is bounded.
_REMEMBERED_CHARACTERS_MAX = 2048

# From 0 to 1 with any number of digits; no sign, no exponent, no blanks.
_is_score = re.compile(r"0*(?:0?\.\d+|0\.?|1(?:\.0*)?)", re.ASCII).fullmatch
_VERIFIED = {"": None, "true": True, "false": False}
_VERDICTS: dict[str, Verdict | None] = {"": None, **{word: word for word in get_args(Verdict)}}


class RowError(ValueError):
    """A row breaks a rule; the text is the reason that it is counted by, never the value."""


class HeaderError(ValueError):
    """A header lacks a needed column or names one twice: no row of the file can be read."""


class RowReader:
    """Turns the rows under one header into records with one correlation."""

    def __init__(
        self, header: Sequence[str], *, correlation_id: str, traceparent: str | None = None
    ) -> None:
        names = [name.strip() for name in header]
        for name in REQUIRED_COLUMNS:
            if name not in names:
                raise HeaderError(f"missing_column_{name}")
        known = [name for name in names if name in REQUIRED_COLUMNS + OPTIONAL_COLUMNS]
        if len(known) != len(set(known)):
            raise HeaderError("column_given_twice")
        self._width = len(names)
        self._correlation_id = correlation_id
        self._traceparent = traceparent
        # An absent optional column reads the empty field that `record` puts after the last one.
        self._pick: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(
            *(
                names.index(name) if name in names else self._width
                for name in REQUIRED_COLUMNS + OPTIONAL_COLUMNS
            )
        )

    def record(self, fields: list[str]) -> ScoreRecord:
        """Return the record of a row; raises RowError with the reason when it breaks a rule.

        A market that is not among the preferences gives the rank `NO_RANK` and no events.
        """
        if len(fields) != self._width:
            raise RowError("wrong_number_of_fields")
        fields.append("")
        campaign_id, member_id, market_id, event_id, wanted, score_text, scored_at, flag, word = (
            self._pick(fields)
        )
        if not is_campaign_id(campaign_id):
            raise RowError("campaignId")
        # Calls cost more than these comparisons: only what is not plain is looked at closely.
        if not (member_id.isascii() and 0 < len(member_id) <= PARTITION_KEY_CHARACTERS_MAX):
            _check_member_id(member_id)
        if not (market_id.isascii() and 0 < len(market_id) <= NAME_CHARACTERS_MAX):
            _check_name(market_id, "marketId")
        if not (event_id.isascii() and 0 < len(event_id) <= NAME_CHARACTERS_MAX):
            _check_name(event_id, "eventId")
        if _is_score(score_text) is None or 0 < (score := float(score_text)) < SCORE_MIN:
            raise RowError("score")
        try:
            scored_at = normalised_instant(scored_at)
        except ValueError:
            raise RowError("scoredAt") from None
        rank = _rank(market_id, wanted)
        events: list[Slot | None] = []
        if rank != NO_RANK:
            events = [*[None] * rank, Slot(event_id, market_id, score)]
        return ScoreRecord(
            campaign_id,
            member_id,
            events,
            score,
            scored_at,
            rank,
            _is_verified(flag),
            _verdict(word),
            self._correlation_id,
            self._traceparent,
        )


def _check_member_id(member_id: str) -> None:
    if not member_id:
        raise RowError("memberId")
    if (
        _check_utf8(member_id) > MEMBER_ID_BYTES_MAX
        or len(member_id) > PARTITION_KEY_CHARACTERS_MAX
    ):
        raise RowError("memberId")


def _check_name(text: str, column: str) -> None:
    if not 0 < len(text) <= NAME_CHARACTERS_MAX:
        raise RowError(column)
    _check_utf8(text)


def _check_utf8(text: str) -> int:
    """Return the length of *text* in bytes; lone surrogates stand for bytes that were not UTF-8."""
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        raise RowError("not_utf8") from None


def _is_verified(text: str) -> bool | None:
    try:
        return _VERIFIED[text.lower()]
    except KeyError:
        raise RowError("isVerified") from None


def _verdict(text: str) -> "Verdict | None":
    try:
        return _VERDICTS[text]
    except KeyError:
        raise RowError("verdict") from None


def _rank(market_id: str, wanted: str) -> int:
    if not wanted.isascii():
        _check_utf8(wanted)
    short = len(wanted) <= _REMEMBERED_CHARACTERS_MAX
    ranks = _remembered_ranks(wanted) if short else _ranks(wanted)
    if ranks is None:
        raise RowError("preferences")
    return ranks.get(market_id, NO_RANK)


def _ranks(wanted: str) -> dict[str, int] | None:
    """Return the rank of each market in *wanted*, or None when it is no list of markets."""
    ranks: dict[str, int] = {}
    for rank, market_id in enumerate(wanted.split("|")):
        if not 0 < len(market_id) <= NAME_CHARACTERS_MAX:
            return None
        # Nobody keeps so low a rank: MAX_RANK is at most RANK_MAX.
        if rank <= RANK_MAX:
            ranks.setdefault(market_id, rank)
    return ranks


# Fans rank few markets in few ways, so nearly every row finds its preferences here.
_remembered_ranks = lru_cache(maxsize=4096)(_ranks)
