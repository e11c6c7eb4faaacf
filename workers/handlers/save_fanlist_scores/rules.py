"""Which records make fan list entries, and which of those go on to the stream."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from workers.domain.keys import fan_list_key
from workers.domain.memberids import is_fan_list_member, needs_identity
from workers.domain.precedence import precedence
from workers.domain.record import NO_RANK, ScoreRecord
from workers.errors import PermanentError
from workers.handlers.save_fanlist_scores.shapes import (
    CampaignData,
    Entry,
    Properties,
    Tally,
)

_is_fan_list_file = re.compile(r"fanlists/.+\.csv(?:\.gz)?", re.DOTALL).fullmatch
_encode = msgspec.json.Encoder(order="sorted").encode

ON_THE_STREAM = frozenset({"written", "equal"})
"""An entry refused by itself was written by a delivery that may have died before it reached the
stream, so it goes on again.  One refused by a newer entry does not: the newer one is on its way."""


def is_fan_list_file(key: str) -> bool:
    """Tell whether *key* is ``fanlists/**.csv`` or ``fanlists/**.csv.gz``."""
    return _is_fan_list_file(key) is not None


def entries_of(records: Sequence[ScoreRecord], tally: Tally) -> list[Entry]:
    """Return one entry for each member and campaign: the greatest record in the total order."""
    entries: dict[tuple[str, str], Entry] = {}
    for position, record in enumerate(records):
        if not is_fan_list_member(record.member_id):
            tally.invalid += 1
            continue
        place = precedence(record)
        key = (record.campaign_id, record.member_id)
        entry = entries.get(key)
        if entry is None:
            entries[key] = Entry(record, place, [position])
            tally.campaigns[record.campaign_id] = record.correlation_id
            continue
        tally.duplicate += 1
        entry.positions.append(position)
        if place > entry.place:
            entry.record = record
            entry.place = place
    tally.valid += len(entries)
    return list(entries.values())


def identifiers_of(entries: Sequence[Entry]) -> list[str]:
    """Return the memberIds that a fan is to be looked up for, each once."""
    return list(
        dict.fromkeys(
            entry.record.member_id for entry in entries if needs_identity(entry.record.member_id)
        )
    )


def item_of(entry: Entry) -> dict[str, Any]:
    """Return the item of *entry* in DynamoDB's typed form."""
    record = entry.record
    item: dict[str, Any] = {
        **fan_list_key(record.campaign_id, record.member_id),
        "campaignId": {"S": record.campaign_id},
        "memberId": {"S": record.member_id},
        "score": {"N": repr(record.score)},
        "scoredAt": {"S": record.scored_at},
        "correlationId": {"S": record.correlation_id},
        "precedence": {"S": entry.place},
    }
    slot = record.slot
    if slot is not None:
        item["rank"] = {"N": str(record.rank)}
        item["eventId"] = {"S": slot.event_id}
        item["marketId"] = {"S": slot.market_id}
    if record.is_verified is not None:
        item["isVerified"] = {"BOOL": record.is_verified}
    if record.verdict is not None:
        item["verdict"] = {"S": record.verdict}
    if entry.fan_id is not None:
        item["fanId"] = {"S": entry.fan_id}
    if entry.properties is not None:
        item["properties"] = entry.properties.attribute
    return item


PROPERTIES_BYTES_MAX = 256 * 1024
"""An item has room for 400 KB, and what its record adds to the properties is far less than the rest."""
DEPTH_MAX = 31
"""DynamoDB nests 32 levels, of which the properties themselves are the first."""
NUMBER_MAX = 10**38
"""DynamoDB keeps 38 digits."""
NUMBER_MIN = 1e-130


def properties_of(document: Mapping[str, Any]) -> Properties:
    """Return a campaign's properties in both forms that entries need.

    Raises PermanentError for what no item can hold: the call that writes one entry would be refused
    each time, and so would be the call that puts it on the stream with others.
    """
    encoded = _encode(document)
    if len(encoded) > PROPERTIES_BYTES_MAX:
        raise PermanentError("the campaign's properties are too large for an item")
    return Properties(typed(dict(document)), msgspec.Raw(encoded))


def typed(value: Any, depth: int = DEPTH_MAX) -> dict[str, Any]:
    """Return a JSON value in DynamoDB's typed form; raises PermanentError where there is none."""
    if depth < 0:
        raise PermanentError("the campaign's properties are nested too deep for an item")
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int() | float():
            if not (value == 0 or NUMBER_MIN <= abs(value) < NUMBER_MAX):
                raise PermanentError("the campaign's properties hold a number that no item can")
            return {"N": repr(value)}
        case list():
            return {"L": [typed(one, depth - 1) for one in value]}
        case _:
            return {"M": {name: typed(one, depth - 1) for name, one in value.items()}}


def campaign_data(entry: Entry) -> bytes:
    """Return *entry* as it goes on campaignDataStream."""
    record = entry.record
    return _encode(
        CampaignData(
            record.campaign_id,
            record.member_id,
            record.events,
            record.score,
            record.scored_at,
            NO_RANK if record.slot is None else record.rank,
            record.is_verified,
            record.verdict,
            entry.fan_id,
            msgspec.UNSET if entry.properties is None else entry.properties.json,
            record.correlation_id,
            record.traceparent,
        )
    )
