"""The composition root: the only place that plugs everything together."""
