"""The eight workers, one a folder; none knows another."""
