"""The network as code under test sees it: hosts that somebody stands for, and nobody else.

A host's name is its address here, so that whoever connects still knows whom he wants.
"""

import socket
import ssl
from collections.abc import Callable
from typing import Any, NoReturn, Protocol

from harness.sandbox.patch import Inside, Patch

_METHODS = ("connect_ex", "sendto", "sendmsg", "listen")
_ADDRESS_FUNCTIONS = ("gethostbyname", "gethostbyname_ex", "gethostbyaddr")

Refuse = Callable[..., NoReturn]


class Network(Protocol):
    """Who stands for the hosts."""

    def has(self, host: str, port: int) -> bool:
        """Whether somebody answers there."""

    def connect(self, caller: socket.socket, host: str, port: int) -> None:
        """Let what is sent and received through *caller* be said to, and by, whoever answers there."""

    def secure(self, caller: Any) -> bool:
        """Let the talk be a secret one; whether *caller* was connected here at all."""


class Nobody:
    """A network without a host."""

    def has(self, _host: str, _port: int) -> bool:
        """Nobody answers."""
        return False

    def connect(self, caller: socket.socket, host: str, port: int) -> None:
        """Do nothing: nobody is asked."""

    def secure(self, _caller: Any) -> bool:
        """Nobody was connected here."""
        return False


def network_patches(
    network: Network, refuse: Refuse, refuse_loop: Refuse, inside: Inside
) -> list[Patch]:
    """Return what leads to *network*, and refuses where nobody answers there.

    *refuse_loop* refuses what does not wait for its connection: an event loop's.
    """

    def connect(caller: socket.socket, address: Any) -> None:
        place = _place(address)
        if place is None or not network.has(*place):
            refuse()
        if caller.gettimeout() == 0:
            refuse_loop()
        network.connect(caller, *place)

    def getaddrinfo(host: Any, port: Any, *_args: Any, **_kwargs: Any) -> list[Any]:
        place = _place((host, port))
        if place is None or not network.has(*place):
            refuse()
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", place)]

    wrap = ssl.SSLContext.wrap_socket

    def wrap_socket(context: ssl.SSLContext, caller: Any, *args: Any, **kwargs: Any) -> Any:
        return caller if network.secure(caller) else wrap(context, caller, *args, **kwargs)

    return [
        Patch(socket.socket, "connect", connect, inside),
        Patch(socket, "getaddrinfo", getaddrinfo, inside),
        Patch(ssl.SSLContext, "wrap_socket", wrap_socket, inside),
        *(Patch(socket.socket, name, refuse, inside) for name in _METHODS),
        *(Patch(socket, name, refuse, inside) for name in _ADDRESS_FUNCTIONS),
    ]


def _place(address: Any) -> tuple[str, int] | None:
    """Return the host and the port of *address*, if it has such."""
    if not isinstance(address, tuple) or len(address) < 2:  # noqa: PLR2004 - a host and a port
        return None
    host, port = address[:2]
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or not str(port).isdecimal():
        return None
    return host.lower(), int(port)
