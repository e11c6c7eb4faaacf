"""The same scenario on two backends: whether what comes of it is the same."""
