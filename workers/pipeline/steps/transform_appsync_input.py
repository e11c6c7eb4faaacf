"""transformAppSyncInput: the arguments of the GraphQL field."""

from workers.errors import PermanentError
from workers.events.appsync import is_appsync
from workers.pipeline.invocation import Invocation, Proceed, Response


def transform_appsync_input(invocation: Invocation, proceed: Proceed) -> Response:
    """Give the invocation its arguments; raises PermanentError for another kind of event."""
    if not is_appsync(invocation.event):
        raise PermanentError("the event is no AppSync resolver context")
    invocation.arguments = invocation.event["arguments"] or {}
    return proceed(invocation)
