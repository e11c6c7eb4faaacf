"""The words that all workers share: records, their order, keys and counts.  No AWS, no HTTP."""
