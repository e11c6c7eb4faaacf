"""boto3 clients at the price of a copy.

Making a client takes 4 to 12 ms, nearly all of it for the wire that is never used here, and a
cold start makes several.  So one client for each service and configuration is made for the whole
process and never given out; what a session hands over is a copy with an event system of its own,
so that a handler registered on it is seen by nobody else.
"""

import copy
from typing import Any

from botocore.session import Session

_session_class: Any = Session
_original = _session_class.create_client

_pristine: dict[tuple[str, str], Any] = {}


def install() -> None:
    """Let every botocore session of the process hand out copies."""
    _session_class.create_client = _create_client


def remove() -> None:
    """Let sessions make their clients themselves again."""
    _session_class.create_client = _original


def _create_client(session: Session, service_name: str, *args: Any, **kwargs: Any) -> Any:
    """Stand in for `Session.create_client`."""
    key = (service_name, _described(session, args, kwargs))
    if key not in _pristine:
        _pristine[key] = _original(session, service_name, *args, **kwargs)
    return _copied(_pristine[key])


def _copied(client: Any) -> Any:
    twin = object.__new__(type(client))
    twin.__dict__.update(client.__dict__)
    twin.meta = copy.copy(client.meta)
    twin.meta.events = copy.copy(client.meta.events)
    return twin


def _described(session: Session, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Return a text that is equal for equal configurations, and only for these."""
    config = kwargs.get("config")
    options = {} if config is None else dict(getattr(config, "_user_provided_options", {}))
    rest = {name: value for name, value in kwargs.items() if name != "config"}
    default: Any = session.get_default_client_config()
    defaults = {} if default is None else dict(getattr(default, "_user_provided_options", {}))
    return repr(
        (
            session.get_config_variable("region"),
            args,
            sorted(rest.items()),
            sorted(options.items()),
            sorted(defaults.items()),
            session.user_agent(),
        )
    )
