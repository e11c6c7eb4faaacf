"""Time, order, chance and memory of what happened.  Standard library only."""
