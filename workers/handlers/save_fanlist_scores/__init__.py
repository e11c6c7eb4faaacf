"""saveFanlistScores: scores become fan list entries, and go on to campaignDataStream."""
