"""Containers of partners: started when a run asks for them, once in a process, for all its worlds.

What a partner keeps there it empties itself when its application is made, which is once for each
world: this module knows images, ports and URLs, and no partner.
"""

import socket
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

from harness.backends.containers.container import Container, Wanted
from harness.backends.containers.settings import read_settings
from harness.errors import HarnessError
from harness.world.configuration import (
    ContainerConfiguration,
    PartnerConfiguration,
    WorldConfiguration,
)

_PATIENCE_SECONDS = 5


def with_containers(configuration: WorldConfiguration, asked: Iterable[str]) -> WorldConfiguration:
    """Return *configuration* with the *asked* partners on their containers, which are started.

    Each of *asked* is a partner's name, or ``NAME=IMAGE`` for another image than the world file's.
    HarnessError names a partner that has no container, an engine or image that is missing, and a
    container that never answers.
    """
    partners = {partner.name: partner for partner in configuration.partners}
    for partner, container in _wanted(configuration, asked):
        running = _running(partner.name, container)
        url = container.url.replace("{address}", f"{running.host}:{running.port}")
        options = {**partner.options, container.option: url}
        partners[partner.name] = replace(partner, options=options, is_outside=True)
    return replace(configuration, partners=tuple(partners.values()))


def try_containers(configuration: WorldConfiguration, asked: Iterable[str]) -> None:
    """Raise as `with_containers` does, and leave nothing running, for processes that start their own."""
    for partner, container in _wanted(configuration, asked):
        _started(partner.name, container).stop()


def _wanted(
    configuration: WorldConfiguration, asked: Iterable[str]
) -> list[tuple[PartnerConfiguration, ContainerConfiguration]]:
    """Return the partners that are *asked* for, and what is to be started for each."""
    wanted = []
    for each in asked:
        name, _, image = each.partition("=")
        partner = configuration.partner(name)
        if partner is None or partner.container is None:
            able = [one.name for one in configuration.partners if one.container is not None]
            raise HarnessError(
                f"--with {each}: {_shown(configuration)} gives no partner {name!r} a container; "
                f"those that have one: {', '.join(able) or 'none'}"
            )
        container = replace(partner.container, image=image or partner.container.image)
        wanted.append((partner, container))
    return wanted


def _shown(configuration: WorldConfiguration) -> str:
    return Path(configuration.path or configuration.template).name


@cache
def _running(partner_name: str, container: ContainerConfiguration) -> Container:
    """Return the one container of this process; it is stopped when the process ends."""
    running = _started(partner_name, container)
    # atexit alone says nothing at the end of a process that was forked.
    Finalize(None, running.stop, exitpriority=0)
    return running


def _started(partner_name: str, container: ContainerConfiguration) -> Container:
    wanted = Wanted(
        who=f"partner {partner_name!r}",
        image=container.image,
        port=container.port,
        remedy=f"name another with --with {partner_name}=IMAGE",
        command=container.command,
    )
    started = Container(wanted, is_on_host=read_settings().is_on_host)
    started.wait(_answers)
    return started


def _answers(host: str, port: int) -> None:
    """Return if somebody takes a connection, else raise OSError."""
    socket.create_connection((host, port), timeout=_PATIENCE_SECONDS).close()
