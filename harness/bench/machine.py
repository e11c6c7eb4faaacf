"""What was measured on, as far as it bears on the figures; nothing that names the machine."""

import os
import platform
import sys
from pathlib import Path

_CPU_INFORMATION = Path("/proc/cpuinfo")


def described() -> dict[str, str | int]:
    """Return the interpreter and the processor."""
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": sys.platform,
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
    }


def _processor() -> str:
    """Return the processor's name; Python itself knows it on some systems only."""
    if _CPU_INFORMATION.is_file():
        for line in _CPU_INFORMATION.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
