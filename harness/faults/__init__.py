"""Making runs go wrong on purpose."""
