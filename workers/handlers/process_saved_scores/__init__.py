"""processSavedScores: changes of demandTable become the counts of their campaigns."""
