"""A claim to an emulator: one process at a time, for each empties it before its worlds.

The claim is a lock of the operating system, so it ends with the process, however that ends.
"""

import fcntl
import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from tempfile import gettempdir

from harness.backends.lacking import BackendError


def claim_one(hosts: Sequence[str]) -> tuple[str, int]:
    """Return the first of *hosts* that no process of this machine uses, and the file that holds it open.

    BackendError if there is none: two processes at one emulator would delete each other's items.
    """
    for host in hosts:
        claim = _lock(host)
        if claim is not None:
            return host, claim
    raise BackendError(
        f"backend localstack: another process runs scenarios at {', '.join(hosts)} and empties it; "
        "name one emulator for each process in HARNESS_LOCALSTACK_HOSTS, or run in one process"
    )


def _lock(host: str) -> int | None:
    name = f"harness-localstack-{blake2b(host.encode(), digest_size=8).hexdigest()}.lock"
    file = os.open(Path(gettempdir(), name), os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file
