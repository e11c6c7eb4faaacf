"""Expressions: from text to closures over (item, values), parsed once and kept."""
