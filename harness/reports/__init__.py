"""Results as text, JUnit XML and JSON."""
