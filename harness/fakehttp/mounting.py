"""Mounts as a world file writes them: ``{application: "module:Class", url, latency, options}``."""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from inspect import Signature, signature
from typing import Any
from wsgiref.types import WSGIApplication

from harness.fakehttp.durations import duration_from
from harness.fakehttp.partner import Mount

_WORDS = ("application", "url", "latency", "options")


def mount_from(name: str, settings: Mapping[str, Any]) -> Mount:
    """Return the mount called *name*; ValueError says which setting is wrong, and how."""
    for word in settings:
        if word not in _WORDS:
            near = get_close_matches(str(word), _WORDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(_WORDS)}"
            raise ValueError(f"partner {name!r} has no setting {word!r}; {hint}")
    missing = [word for word in ("application", "url") if not settings.get(word)]
    if missing:
        raise ValueError(f"partner {name!r} needs {' and '.join(missing)}")
    path = str(settings["application"])
    return Mount(
        name=name,
        application=_application(name, path, settings.get("options", {})),
        url=str(settings["url"]).rstrip("/"),
        latency=duration_from(settings.get("latency", 0), name=f"latency of partner {name!r}"),
    )


def _application(name: str, path: str, options: Mapping[str, Any]) -> WSGIApplication:
    module_name, separator, attribute = path.partition(":")
    if not separator:
        raise ValueError(f"partner {name!r}: application {path!r} is not written module:Class")
    try:
        make = getattr(import_module(module_name), attribute)
    except Exception as error:  # a module may raise anything while it is imported
        kind = (
            "" if isinstance(error, ImportError | AttributeError) else f"{type(error).__name__}: "
        )
        is_away = isinstance(error, ModuleNotFoundError) and error.name == module_name
        hint = "; is its folder on PYTHONPATH?" if is_away else ""
        raise ValueError(
            f"partner {name!r}: application {path!r} cannot be loaded: {kind}{error}{hint}"
        ) from error
    if not isinstance(make, type):
        if options:
            raise ValueError(f"partner {name!r}: {path!r} is no class and takes no options")
        return _callable(name, path, make)
    try:
        application = make(**options)
    except (TypeError, ValueError) as error:
        # Option values may be tokens, so only the names are said.
        given = f"the options {', '.join(options)}" if options else "no options at all"
        raise ValueError(
            f"partner {name!r}: {attribute} cannot be made with {given}; it takes {_asked(make)}"
        ) from error
    except (ConnectionError, ImportError) as error:
        # What it would keep its state in is not there, or the package that reaches it is not.
        raise ValueError(f"partner {name!r}: {attribute} cannot be made: {error}") from error
    except Exception as error:
        raise ValueError(
            f"partner {name!r}: {attribute} cannot be made: {type(error).__name__}"
        ) from error
    return _callable(name, path, application)


def _callable(name: str, path: str, application: Any) -> WSGIApplication:
    """Return *application*, if it can be asked at all."""
    if not callable(application):
        kind = type(application).__name__
        raise ValueError(  # noqa: TRY004 - as for whatever is wrong with a setting
            f"partner {name!r}: {path!r} gives a {kind}, which is no WSGI application: "
            "it must be callable, with the environment and start_response"
        )
    answering: WSGIApplication = application
    return answering


def _asked(make: Any) -> str:
    """Return the parameters of a class, for an error."""
    try:
        return str(signature(make).replace(return_annotation=Signature.empty))
    except (TypeError, ValueError):  # a class in C may not say
        return "others"
