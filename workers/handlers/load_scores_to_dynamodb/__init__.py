"""loadScoresToDynamoDB: records of scoresStream are merged into demandTable."""
