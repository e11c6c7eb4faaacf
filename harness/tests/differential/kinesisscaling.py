"""Scaling a stream on both sides: how many shards it has must be equal, where they are cut not."""

from typing import Any

from harness.tests.differential.machine import PeersMachine


def scale(machine: PeersMachine, name: str, count: int) -> None:
    """Ask for *count* shards; make both sides equal again if they cut the shards otherwise.

    Which neighbours AWS merges on the way is not documented, nor where it splits.
    """
    given = {"TargetShardCount": count, "ScalingType": "UNIFORM_SCALING"}
    machine.both("kinesis", "UpdateShardCount", StreamName=name, **given)
    told = machine.peers.call("kinesis", "DescribeStream", StreamName=name)
    if not told.ours.is_ok:
        return
    ours, theirs = (_ranges(side.output) for side in (told.ours, told.theirs))
    assert len(ours) == len(theirs), f"{len(ours)} shards, and {len(theirs)}"
    if ours != theirs:
        machine.resync()


def _ranges(output: dict[str, Any]) -> list[dict[str, str]]:
    """Return the hash keys of the open shards."""
    shards = output["StreamDescription"]["Shards"]
    return [
        {"id": shard["ShardId"]} | shard["HashKeyRange"]
        for shard in shards
        if "EndingSequenceNumber" not in shard["SequenceNumberRange"]
    ]
