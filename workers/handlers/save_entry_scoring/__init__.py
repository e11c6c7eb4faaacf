"""saveEntryScoring: first-choice scorings go to entry-service."""
