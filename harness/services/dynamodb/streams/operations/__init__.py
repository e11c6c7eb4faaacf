"""One module an operation of DynamoDB Streams."""
