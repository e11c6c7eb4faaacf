"""Which parameters an operation models."""

from functools import partial

from harness.services.base import modelled as base

require_modelled = partial(base.require_modelled, "cloudwatch")
"""Refuse by name any parameter of an operation that is not modelled."""
