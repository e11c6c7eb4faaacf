"""The operations of Kinesis, one a module."""
