"""The conditional write of loadScoresToDynamoDB."""

from functools import lru_cache
from typing import Any

from workers.clients.aws import AWS_ERRORS, error_code, is_refused_condition, item_that_refused
from workers.domain.keys import member_key
from workers.handlers.load_scores_to_dynamodb.rules import remaining, tally, whole
from workers.handlers.load_scores_to_dynamodb.shapes import Candidate, MemberUpdate, Parts, Tally

# Each refusal means that another writer got further, so few are seen before nothing is left to
# write.  A writer that loses this often is in trouble of another kind.
_TURNS_MAX = 10


def write(dynamodb: Any, table: str, update: MemberUpdate, problems: list[str]) -> Tally:
    """Merge *update* into its item and count what the write found; *problems* says why it failed.

    Mostly one conditional UpdateItem.  A refused condition shows the item that refused it; what of
    the update is newer than that item is written in the next turn.
    """
    failed = Tally(failed=len(update.arrived))
    parts = whole(update)
    for _ in range(_TURNS_MAX):
        try:
            answer = dynamodb.update_item(**update_request(table, update, parts))
        except AWS_ERRORS as error:
            if not is_refused_condition(error):
                problems.append(error_code(error))
                return failed
            found = item_that_refused(error)
            parts = remaining(update, found)
            if parts.are_none:
                return tally(update, found)
        else:
            return tally(update, answer.get("Attributes"))
    problems.append("overtaken too often")
    return failed


def update_request(table: str, update: MemberUpdate, parts: Parts) -> dict[str, Any]:
    """Return the UpdateItem that writes *parts* unless the item already knows better."""
    record = update.facts.record
    facts = parts.facts
    values = {":precedence": {"S": update.facts.place}} if facts is None else _facts(facts)
    guarded = []
    for rank, candidate in parts.slots.items():
        values[f":rank{rank}"] = _slot(candidate)
        # Facts are never older than a slot: every write that sets a slot has set them too, or
        # has found newer ones.  So a record whose facts win needs no second condition.
        if candidate is not facts:
            values[f":place{rank}"] = {"S": candidate.place}
            guarded.append(rank)
    update_expression, condition = _expressions(
        facts is not None,
        facts is not None and facts.record.is_verified is not None,
        facts is not None and facts.record.verdict is not None,
        tuple(parts.slots),
        tuple(guarded),
    )
    return {
        "TableName": table,
        "Key": member_key(record.campaign_id, record.member_id),
        "UpdateExpression": update_expression,
        "ConditionExpression": condition,
        "ExpressionAttributeValues": values,
        "ReturnValues": "ALL_OLD",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def _facts(candidate: Candidate) -> dict[str, Any]:
    record = candidate.record
    values: dict[str, Any] = {
        ":campaignId": {"S": record.campaign_id},
        ":memberId": {"S": record.member_id},
        ":score": {"N": repr(record.score)},
        ":scoredAt": {"S": record.scored_at},
        ":correlationId": {"S": record.correlation_id},
        ":precedence": {"S": candidate.place},
    }
    if record.is_verified is not None:
        values[":isVerified"] = {"BOOL": record.is_verified}
    if record.verdict is not None:
        values[":verdict"] = {"S": record.verdict}
    return values


def _slot(candidate: Candidate) -> dict[str, Any]:
    slot = candidate.record.events[-1]
    assert slot is not None, "a record on the stream has a rank"
    return {
        "M": {
            "eventId": {"S": slot.event_id},
            "marketId": {"S": slot.market_id},
            "score": {"N": repr(slot.score)},
            "scoredAt": {"S": candidate.record.scored_at},
            "precedence": {"S": candidate.place},
        }
    }


@lru_cache(maxsize=1024)
def _expressions(
    has_facts: bool,  # noqa: FBT001 - lru_cache keys, not switches
    is_verified: bool,  # noqa: FBT001 - the same
    has_verdict: bool,  # noqa: FBT001 - the same
    ranks: tuple[int, ...],
    guarded: tuple[int, ...],
) -> tuple[str, str]:
    """Return the update expression and the condition for one combination of parts."""
    sets = [f"rank{rank} = :rank{rank}" for rank in ranks]
    removes: list[str] = []
    conditions = [
        f"(attribute_not_exists(rank{rank}.precedence) OR rank{rank}.precedence < :place{rank})"
        for rank in guarded
    ]
    if has_facts:
        names = ["campaignId", "memberId", "score", "scoredAt", "correlationId", "precedence"]
        for name, is_given in (("isVerified", is_verified), ("verdict", has_verdict)):
            (names if is_given else removes).append(name)
        sets += [f"{name} = :{name}" for name in names]
        conditions.insert(0, "(attribute_not_exists(precedence) OR precedence < :precedence)")
    else:
        # The item had facts at least as new when it refused these.  Were it deleted since, the
        # slots alone would bring half an item back: then the whole update is due again.
        conditions.insert(0, "precedence >= :precedence")
    update = "SET " + ", ".join(sets)
    if removes:
        update += " REMOVE " + ", ".join(removes)
    return update, " AND ".join(conditions)
