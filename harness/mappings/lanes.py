"""Which of the concurrent batches of a shard a record belongs to (ParallelizationFactor)."""

from zlib import crc32


def lane_index(lane_key: str, parallelization_factor: int) -> int:
    """Return the lane for records with *lane_key*; equal keys share a lane, so they stay in order.

    AWS does not say which hash it takes; any will do that is the same in every run.
    """
    return crc32(lane_key.encode()) % parallelization_factor
