"""A certificate of determinism: the same scenarios, run in several ways, with the same digests."""
