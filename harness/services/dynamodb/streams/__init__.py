"""DynamoDB Streams: the reading side of a table's change stream, as a service of its own."""
