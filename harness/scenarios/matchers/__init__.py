"""Matchers: what a value may look like, other than being equal."""
