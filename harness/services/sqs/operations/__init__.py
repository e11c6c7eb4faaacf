"""The operations of SQS, one a module."""
