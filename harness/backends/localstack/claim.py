"""A claim to an emulator: one process at a time, for each empties it before its worlds.

The claim is a lock of the operating system, so it ends with the process, however that ends.
"""

import fcntl
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from tempfile import gettempdir
from typing import IO

from harness.backends.lacking import BackendError


def claim_one(hosts: Sequence[str]) -> tuple[str, IO[bytes]]:
    """Return the first of *hosts* that no process of this machine uses, and the lock that holds it.

    BackendError if there is none: two processes at one emulator would delete each other's items.
    """
    for host in hosts:
        lock = _lock(host)
        if lock is not None:
            return host, lock
    raise BackendError(
        f"backend localstack: another process runs scenarios at {', '.join(hosts)} and empties it; "
        "name one emulator for each process in HARNESS_LOCALSTACK_HOSTS, or run in one process"
    )


def _lock(host: str) -> IO[bytes] | None:
    name = f"harness-localstack-{blake2b(host.encode(), digest_size=8).hexdigest()}.lock"
    file = Path(gettempdir(), name).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
