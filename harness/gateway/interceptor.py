"""The one hook in botocore: `BaseClient._make_api_call` of every client in the process."""

from typing import Any, Protocol

from botocore.client import BaseClient


class Answering(Protocol):
    """What answers the calls of boto3 clients: a world's gateway, or a mocked cloud."""

    def call(
        self, client: Any, operation_name: str, parameters: dict[str, Any], /
    ) -> dict[str, Any]:
        """Carry out one call."""
        ...


_client_class: Any = BaseClient
_original = _client_class._make_api_call  # noqa: SLF001 - the one place all calls pass, those of paginators and resources too

_active: list[Answering] = []


def install(gateway: Answering) -> None:
    """Send every AWS call of the process to *gateway*, until it is removed."""
    if not _active:
        _client_class._make_api_call = _intercepted  # noqa: SLF001 - see above
    _active.append(gateway)


def remove(gateway: Answering) -> None:
    """Take *gateway* out again; the last one out restores botocore."""
    _active.remove(gateway)
    if not _active:
        _client_class._make_api_call = _original  # noqa: SLF001 - see above


def call_for_real(client: Any, operation_name: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Let *client* make a call as botocore does, over the wire: for backends that are elsewhere."""
    output: dict[str, Any] = _original(client, operation_name, parameters)
    return output


def _intercepted(client: Any, operation_name: str, api_params: dict[str, Any]) -> dict[str, Any]:
    """Stand in for botocore's method."""
    return _active[-1].call(client, operation_name, api_params)
