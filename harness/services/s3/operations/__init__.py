"""The operations of S3, one a module."""
