"""The conformance card: what AWS does, where it says so, and which test holds us to it."""
