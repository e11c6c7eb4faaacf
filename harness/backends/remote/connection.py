"""Connection: calls of one service, carried out by the backend through a real boto3 client."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from harness.backends.backend import Outside
from harness.backends.findings import Findings
from harness.backends.lacking import BackendError, LackingError
from harness.gateway.interceptor import call_for_real
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output

_KNOWN_ERROR_FIELDS = ("Code", "Message")
_NOT_OF_THE_ERROR = ("Error", "ResponseMetadata", "message")
_NOT_IMPLEMENTED_STATUS = 501
_NOT_IMPLEMENTED_CODES = frozenset(
    {"NotImplemented", "UnknownOperationException", "InvalidAction"}
)


class Connection:
    """One service of the backend."""

    def __init__(self, client: Any, backend: str, outside: Outside, findings: Findings) -> None:
        self.backend = backend
        self.findings = findings
        self._client = client
        self._service: str = client.meta.service_model.service_name
        self._outside = outside

    def call(self, operation: str, parameters: Mapping[str, Any]) -> Output:
        """Carry out *operation* and return its output without metadata; raises `ServiceError`."""
        with self._outside():
            try:
                output = call_for_real(self._client, operation, dict(parameters))
                if "Body" in output:  # a stream, which ends with the connection
                    output["Body"] = output["Body"].read()
            except ClientError as error:
                raise self._refused(operation, error) from None
            except (BotoCoreError, OSError) as error:
                raise BackendError(
                    f"backend {self.backend}: {self._service}.{operation} was not answered: {error}"
                ) from error
        del output["ResponseMetadata"]
        return output

    def _refused(self, operation: str, error: ClientError) -> Exception:
        """Return what the backend answered as AWS's error, or as a feature that it lacks."""
        response: Mapping[str, Any] = error.response
        told = dict(response["Error"])
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
        code = str(told.get("Code", ""))
        if status == _NOT_IMPLEMENTED_STATUS or code in _NOT_IMPLEMENTED_CODES:
            return LackingError(
                self.backend, f"{self._service}.{operation}: {told.get('Message')}"
            )
        return ServiceError(
            code,
            str(told.get("Message", "")),
            status=status,
            fields={
                name: value for name, value in response.items() if name not in _NOT_OF_THE_ERROR
            },
            error_fields={
                name: value for name, value in told.items() if name not in _KNOWN_ERROR_FIELDS
            },
        )
