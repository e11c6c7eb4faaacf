"""What every invocation goes through before and after the work itself."""
