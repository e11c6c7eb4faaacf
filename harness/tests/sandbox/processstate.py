"""Everything of the process that an open world bends, to see whether it is straight again."""

import _thread
import atexit
import builtins
import concurrent.futures.thread
import contextlib
import gc
import io
import logging
import os
import random
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore.client
import botocore.session
import requests.adapters
import requests.sessions

_BENT = (
    (time, ("time", "time_ns", "sleep", "monotonic", "perf_counter", "process_time")),
    (random, ("random", "randint", "choice", "shuffle", "seed", "_urandom")),
    (random.Random, ("seed",)),
    (uuid, ("getnode", "uuid1", "uuid4")),
    (
        os,
        (
            "urandom",
            "environ",
            "getpid",
            "fork",
            "system",
            "execv",
            "_exit",
            "kill",
            "open",
            "read",
            "remove",
        ),
    ),
    (_thread, ("start_new_thread",)),
    (atexit, ("register", "unregister")),
    (builtins, ("__import__", "open")),
    (io, ("open",)),
    (threading, ("Lock", "RLock", "_allocate_lock", "current_thread", "enumerate", "excepthook")),
    (threading.Thread, ("start", "join", "is_alive")),
    (socket, ("getaddrinfo",)),
    (socket.socket, ("connect", "send", "sendto")),
    (subprocess.Popen, ("__init__",)),
    (signal, ("signal", "alarm", "setitimer")),
    (selectors.DefaultSelector, ("select",)),
    (concurrent.futures, ("ThreadPoolExecutor", "wait", "as_completed")),
    (concurrent.futures.thread, ("ThreadPoolExecutor",)),
    (logging, ("root",)),
    (logging.Logger, ("root", "manager")),
    (boto3, ("DEFAULT_SESSION",)),
    (botocore.client.BaseClient, ("_make_api_call",)),
    (botocore.session.Session, ("create_client",)),
    (requests.adapters.HTTPAdapter, ("send",)),
    (requests.sessions, ("preferred_clock",)),
    (sys, ("stdin", "__stdin__", "stdout", "stderr", "path")),
)


def process_state() -> dict[str, Any]:
    """Return the objects and values that are in force now."""
    state = {
        f"{getattr(target, '__name__', target)}.{name}": getattr(target, name)
        for target, names in _BENT
        for name in names
    }
    return state | {
        "environment": dict(os.environ),
        "folder": Path.cwd(),
        "recursion": sys.getrecursionlimit(),
        "path": list(sys.path),
        "finders": list(sys.meta_path),
        "collector": (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()),
        "handlers": {number: signal.getsignal(number) for number in signal.valid_signals()},
        "timers": [
            signal.getitimer(timer)[1]
            for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL, signal.ITIMER_VIRTUAL)
        ],
        "root handlers": list(logging.root.handlers),
        "own modules": sorted(name for name in sys.modules if name.split(".")[0] == "wicked"),
    }


@contextlib.contextmanager
def unchanged() -> Iterator[None]:
    """Fail if the process is not afterwards what it was before."""
    before = process_state()
    real = time.time()  # noqa: TID251 - whether it is real is what is tested
    try:
        yield
    finally:
        after = process_state()
        changed = [name for name, value in after.items() if before[name] != value]
        assert [(name, before[name], after[name]) for name in changed] == []
        assert abs(time.time() - real) < 3_600  # noqa: TID251 - as above
