"""Expectations: what must be true at the end.  One module an expectation; `registry` lists them."""
