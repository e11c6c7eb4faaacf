"""verdictReporter: a campaign's counts, once they stand still, go to Slack."""
