"""How records of one member merge, among themselves and with the item that is there.

An item keeps ``precedence``, the place of the record that gave its facts, and in each slot
``rankN`` the place of the record that gave the slot.  Every part is a maximum over the records
seen, so the item is the same for every order, repetition and grouping of the same records.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from workers.domain.precedence import precedence
from workers.domain.record import ScoreRecord
from workers.handlers.load_scores_to_dynamodb.shapes import Candidate, MemberUpdate, Parts, Tally

Item = Mapping[str, Any]
"""An item in DynamoDB's typed form."""


def merge(records: Iterable[ScoreRecord], sequence_numbers: Iterable[str]) -> list[MemberUpdate]:
    """Return one update for each member among *records*.

    A file lists a member's markets one after the other, so this saves about as many writes, and
    as many records on the table's stream, as a member has markets.
    """
    updates: dict[tuple[str, str], MemberUpdate] = {}
    for record, sequence_number in zip(records, sequence_numbers, strict=True):
        candidate = Candidate(precedence(record), record)
        key = (record.campaign_id, record.member_id)
        update = updates.get(key)
        if update is None:
            updates[key] = MemberUpdate(
                candidate, {record.rank: candidate}, [candidate], [sequence_number]
            )
            continue
        if candidate.place > update.facts.place:
            update.facts = candidate
        rival = update.slots.get(record.rank)
        if rival is None or candidate.place > rival.place:
            update.slots[record.rank] = candidate
        update.arrived.append(candidate)
        update.sequence_numbers.append(sequence_number)
    return list(updates.values())


def whole(update: MemberUpdate) -> Parts:
    """Return everything that *update* brings."""
    return Parts(update.facts, update.slots)


def remaining(update: MemberUpdate, item: Item | None) -> Parts:
    """Return what of *update* is newer than *item*."""
    if item is None:
        return whole(update)
    return Parts(
        update.facts if update.facts.place > place_of_facts(item) else None,
        {
            rank: candidate
            for rank, candidate in update.slots.items()
            if candidate.place > place_of_slot(item, rank)
        },
    )


def tally(update: MemberUpdate, before: Item | None) -> Tally:
    """Count the records of *update* as if each had been written by itself, in its turn.

    The slots tell: facts are never older than a slot, so what wins them wins its slot as well.
    """
    if before is None and len(update.arrived) == 1:
        return Tally(created=1)
    counted = Tally()
    is_there = before is not None
    slots = dict.fromkeys(update.slots, "")
    if before is not None:
        slots = {rank: place_of_slot(before, rank) for rank in slots}
    for candidate in update.arrived:
        place = candidate.place
        rank = candidate.record.rank
        wins = place > slots[rank]
        if wins:
            slots[rank] = place
        if not is_there:
            counted.created += 1
            is_there = True
        elif wins:
            counted.updated += 1
        else:
            counted.unchanged += 1
    return counted


def place_of_facts(item: Item) -> str:
    """Return the place of the record that gave the facts; below every place when there is none."""
    return str(item.get("precedence", {}).get("S", ""))


def place_of_slot(item: Item, rank: int) -> str:
    """Return the place of the record that gave the slot; below every place when there is none."""
    slot = item.get(f"rank{rank}", {}).get("M", {})
    return str(slot.get("precedence", {}).get("S", ""))
