"""Event source mappings and announcements: from a source to a function."""
