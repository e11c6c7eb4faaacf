"""The operations of CloudWatch, one a module."""
