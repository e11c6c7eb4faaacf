"""services: the settings and clients of this execution environment."""

from workers.clients.services import services as environment_services
from workers.pipeline.invocation import Invocation, Proceed, Response
from workers.settings import settings as environment_settings


def services(invocation: Invocation, proceed: Proceed) -> Response:
    """Equip the invocation; the first one in an environment makes what the others share."""
    settings = environment_settings()
    invocation.equip(settings, environment_services(settings))
    return proceed(invocation)
