"""DynamoDB and DynamoDB Streams in memory."""
