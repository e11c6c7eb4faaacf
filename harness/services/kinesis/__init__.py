"""Kinesis Data Streams in memory: streams, shards, records, iterators, resharding."""
