"""The production Lambda workers of the fan-verification pipeline."""
