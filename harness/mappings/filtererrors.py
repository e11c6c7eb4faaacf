"""What is wrong with a filter pattern."""


class InvalidPatternError(Exception):
    """A filter pattern that AWS refuses."""
