"""Another team's order service."""
