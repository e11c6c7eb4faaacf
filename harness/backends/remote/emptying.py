"""Emptying an emulator: by the endpoint it has for that, or by deleting what was made here."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from harness.backends.backend import Services
from harness.backends.lacking import BackendError
from harness.backends.remote.answering import status_of
from harness.services.base.errors import ServiceError

_RESETS = ("/_ministack/reset", "/_localstack/state/reset", "/moto-api/reset")
_OK = 200
_TIMEOUT_SECONDS = 20

_found: dict[str, str | None] = {}
"""Endpoint -> the path that empties it, None if it has none."""


def reset(endpoint_url: str, backend: str) -> bool:
    """Let the emulator at *endpoint_url* forget everything; return whether it can."""
    if endpoint_url not in _found:
        tried = (path for path in _RESETS if _post(endpoint_url, path, backend) == _OK)
        _found[endpoint_url] = next(tried, None)
        return _found[endpoint_url] is not None
    path = _found[endpoint_url]
    if path is None:
        return False
    status = _post(endpoint_url, path, backend)
    if status != _OK:
        raise BackendError(f"backend {backend}: {path} answers with HTTP {status}")
    return True


def delete_all(services: Services) -> None:
    """Delete every resource that was made through *services*, and nothing else."""
    dynamodb: Any = services.dynamodb
    kinesis: Any = services.kinesis
    sqs: Any = services.sqs
    s3: Any = services.s3
    for table in list(dynamodb.tables):
        _quietly(dynamodb, "DeleteTable", TableName=table)
    for stream in list(kinesis.streams):
        _quietly(kinesis, "DeleteStream", StreamName=stream, EnforceConsumerDeletion=True)
    for queue in sqs.queues.values():
        _quietly(sqs, "DeleteQueue", QueueUrl=queue.url)
    for bucket in s3.buckets.values():
        for object_key in bucket.version_keys():
            for version in bucket.versions(object_key):
                where = {"Bucket": bucket.name, "Key": object_key, "VersionId": version.version_id}
                _quietly(s3, "DeleteObject", **where)
        _quietly(s3, "DeleteBucket", Bucket=bucket.name)


def _quietly(service: Any, operation: str, **parameters: Any) -> None:
    """Delete; what is gone already is no error."""
    call: Callable[..., Any] = service.connection.call
    with suppress(ServiceError):
        call(operation, parameters)


def _post(endpoint_url: str, path: str, backend: str) -> int:
    return status_of("POST", endpoint_url, path, backend=backend, patience=_TIMEOUT_SECONDS)
