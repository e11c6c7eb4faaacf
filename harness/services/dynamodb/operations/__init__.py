"""One module an operation; the registry maps AWS's names to them."""
