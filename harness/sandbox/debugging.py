"""Whether somebody debugs this process: then it may stand still for as long as they like."""

import sys
from typing import Any

_MEASURING = "coverage"
"""Traces too, and is nobody who looks."""


def is_debugged() -> bool:
    """Whether a debugger traces the code that runs in this thread."""
    trace = sys.gettrace()
    if trace is not None:
        owner: Any = getattr(trace, "__self__", trace)
        module = getattr(owner, "__module__", None) or type(owner).__module__
        return not str(module).startswith(_MEASURING)
    monitoring = getattr(sys, "monitoring", None)  # since Python 3.12
    return monitoring is not None and monitoring.get_tool(monitoring.DEBUGGER_ID) is not None
