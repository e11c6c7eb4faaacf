"""The dictionaries a handler receives, made afresh for each delivery."""
