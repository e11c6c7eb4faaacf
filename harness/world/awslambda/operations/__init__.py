"""The operations of the Lambda API, one a module."""
