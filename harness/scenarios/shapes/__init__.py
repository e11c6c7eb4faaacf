"""Shapes: what may stand where in a scenario, as Python types.

One description serves three readers: the loader (nodes to values, with a problem at the node that
is wrong), the JSON Schema for editors, and the vocabulary in ``scenarios/README.md``.
"""
