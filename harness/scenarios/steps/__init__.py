"""Steps: what a scenario does.  One module a step; `registry` lists them."""
