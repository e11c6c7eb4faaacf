"""Replay: a recorded campaign in virtual time, hours in seconds, and what it cost in virtual time."""
