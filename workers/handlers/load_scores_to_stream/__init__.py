"""loadScoresToStream: a scored file in S3 becomes records on scoresStream."""
