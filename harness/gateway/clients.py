"""boto3 clients at the price of a copy.

Making a client takes 4 to 12 ms, nearly all of it for the wire that is never used here, and a
cold start makes several.  So one client for each service and configuration is made for the whole
process and never given out; what a session hands over is a copy with an event system of its own,
so that a handler registered on it is seen by nobody else.
"""

import copy
import os
from typing import Any

from botocore.session import Session

from harness.gateway import transfers

_session_class: Any = Session
_original = _session_class.create_client

_CHANGING = frozenset({"register", "register_first", "register_last", "unregister"})

_pristine: dict[tuple[str, str], Any] = {}
_users: list[None] = []
"""One for each world and mock that is open: the last one out restores botocore."""


def install() -> None:
    """Let every botocore session of the process hand out copies."""
    _users.append(None)
    _session_class.create_client = _create_client


def remove() -> None:
    """Let sessions make their clients themselves again."""
    _users.pop()
    if not _users:
        _session_class.create_client = _original
        transfers.remove()


def _create_client(session: Session, service_name: str, *args: Any, **kwargs: Any) -> Any:
    """Stand in for `Session.create_client`."""
    key = (service_name, _described(session, args, kwargs))
    if key not in _pristine:
        _pristine[key] = _original(session, service_name, *args, **kwargs)
    if service_name == "s3":
        transfers.install()
    return _copied(_pristine[key])


class LazyEvents:
    """An event system that is another's until somebody registers a handler, and then its own copy.

    Copying one takes longer than most calls, and hardly anybody ever registers anything.
    """

    def __init__(self, shared: Any) -> None:
        self._events = shared
        self._is_own = False
        self.plans: dict[str, Any] = {}
        """What `harness.gateway.events` has found out; void once a handler is registered."""

    def __getattr__(self, name: str) -> Any:
        if name in _CHANGING:
            self.plans.clear()
            if not self._is_own:
                self._events = copy.copy(self._events)
                self._is_own = True
        return getattr(self._events, name)

    def __copy__(self) -> Any:
        return copy.copy(self._events)


def _copied(client: Any) -> Any:
    twin = object.__new__(type(client))
    twin.__dict__.update(client.__dict__)
    twin.meta = copy.copy(client.meta)
    twin.meta.events = LazyEvents(client.meta.events)
    return twin


def _described(session: Session, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Return a text that is equal for equal configurations, and only for these."""
    config = kwargs.get("config")
    options = {} if config is None else dict(getattr(config, "_user_provided_options", {}))
    rest = {name: value for name, value in kwargs.items() if name != "config"}
    default: Any = session.get_default_client_config()
    defaults = {} if default is None else dict(getattr(default, "_user_provided_options", {}))
    credentials: Any = getattr(session, "_credentials", None)
    access_key = getattr(credentials, "access_key", None) or os.environ.get("AWS_ACCESS_KEY_ID")
    return repr(
        (
            access_key,
            session.get_config_variable("region"),
            args,
            sorted(rest.items()),
            sorted(options.items()),
            sorted(defaults.items()),
            session.user_agent(),
        )
    )
