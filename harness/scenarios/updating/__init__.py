"""`--update`: actual values written back into the expectations, everything else left as it is."""
