"""One measurement of single operations: ``python -m harness.bench.operationrun ours 200``."""

import gc
import json
import sys
from contextlib import AbstractContextManager
from typing import Any

import boto3
from botocore.config import Config

from harness.bench.operations import OPERATIONS, SERVICES, Prepare, prepare_account
from harness.bench.stopwatch import Stopwatch
from harness.errors import HarnessError

_WARM_UP_CALLS = 5
_REGION = "us-east-1"


def run(backend: str, call_count: int) -> dict[str, float]:
    """Return the microseconds of processor time for a call of each operation on *backend*."""
    with _mock(backend):
        # moto does not answer at the endpoints that carry an account's number.
        config = Config(account_id_endpoint_mode="disabled")
        clients: dict[str, Any] = {
            service: boto3.client(service, region_name=_REGION, config=config)  # type: ignore[call-overload]  # any service name
            for service in SERVICES
        }
        prepare_account(clients)
        return {
            name: _measured(prepare, clients, call_count) for name, prepare in OPERATIONS.items()
        }


def _measured(prepare: Prepare, clients: dict[str, Any], call_count: int) -> float:
    call = prepare(clients, call_count + _WARM_UP_CALLS)
    for index in range(_WARM_UP_CALLS):
        call(index)
    gc.collect()
    watch = Stopwatch()
    with watch.running():
        for index in range(_WARM_UP_CALLS, _WARM_UP_CALLS + call_count):
            call(index)
    return watch.elapsed.processor * 1e6 / call_count


def _mock(backend: str) -> AbstractContextManager[Any]:
    if backend == "ours":
        from harness.mocking import mock_aws  # noqa: PLC0415 - moto's run shall not have it loaded

        return mock_aws()
    if backend == "moto":
        from moto import mock_aws as motos  # noqa: PLC0415 - an optional dependency

        return motos()
    raise HarnessError(f"there is no backend {backend!r}; it is 'ours' or 'moto'")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(sys.argv[1], int(sys.argv[2]))) + "\n")
