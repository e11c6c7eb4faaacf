"""The Docker engine: whether it answers, and whether it has an image or can get it."""

import os
from importlib import import_module
from typing import Any

from harness.backends.lacking import BackendError, MissingExtraError


def require_image(who: str, image: str, remedy: str) -> None:
    """Raise unless *image* can be started; *who* wants it, and *remedy* is how another is named.

    MissingExtraError without testcontainers, BackendError without an engine or the image.
    """
    engine = _engine(who)
    try:
        _require_here(engine, image)
    except Exception as error:  # a registry's refusals are of many kinds, and all mean the same
        raise BackendError(
            f"{who}: the Docker engine has no image {image!r} and cannot pull it: {error}; "
            f"build or load it, or {remedy}"
        ) from error
    finally:
        engine.close()


def _engine(who: str) -> Any:
    try:
        client: Any = import_module("testcontainers.core.docker_client")
    except ImportError as error:
        raise MissingExtraError(who, "testcontainers") from error
    try:
        engine = client.DockerClient().client
        engine.ping()
    except Exception as error:  # the same: no socket, no permission, nobody who answers
        where = os.environ.get("DOCKER_HOST") or "the ordinary socket"
        raise BackendError(
            f"{who}: no Docker engine answers at {where}: {error}; start one that you may use, "
            "or say in DOCKER_HOST where it is"
        ) from error
    return engine


def _require_here(engine: Any, image: str) -> None:
    errors: Any = import_module("docker.errors")
    try:
        engine.images.get(image)
    except errors.ImageNotFound:
        engine.images.pull(image)
