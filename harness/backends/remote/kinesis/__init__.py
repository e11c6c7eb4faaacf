"""Kinesis, carried out by the backend: its streams are read back as they are written."""
