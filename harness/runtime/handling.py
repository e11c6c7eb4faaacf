"""Handling: what happens inside an invocation's greenlet, from the import to the answer.

Whatever leaves the handler becomes Lambda's error document here; nothing but an end of the whole
run passes this border.
"""

import json
from collections.abc import Callable
from typing import Any

from harness.errors import HarnessError
from harness.runtime import errordocument
from harness.runtime.baton import InvocationKilledError
from harness.runtime.executionenvironment import HandlerMissingError
from harness.runtime.invocation import Invocation
from harness.runtime.marshalling import RESPONSE_BYTES_MAX, marshalled


def handle(invocation: Invocation, report: Callable[[Exception], None]) -> None:
    """Run the handler and note its answer or its error in *invocation*.

    *report* is told of errors about the harness itself.  Raises `InvocationKilledError` where the
    invocation was ended from outside.
    """
    environment = invocation.environment
    code = environment.function.code
    try:
        if environment.is_cold and not _initialise(invocation):
            return
        assert environment.handler is not None, "an initialised environment has a handler"
        answer = environment.handler(invocation.event, invocation.context)
        invocation.answer = _checked(answer, invocation)
    except (InvocationKilledError, KeyboardInterrupt):
        raise  # the latter is meant for the harness, whoever happened to run
    except HarnessError as error:
        report(error)
        invocation.error = _of(error, invocation.request_id, code)
    except SystemExit as error:
        invocation.error = errordocument.of_exit(invocation.request_id, error.code)
    except BaseException as error:  # noqa: BLE001 - the border of the runtime: whatever left the handler
        invocation.error = _of(error, invocation.request_id, code)


def _initialise(invocation: Invocation) -> bool:
    """Import the function's module; on failure, note the error and return False."""
    environment = invocation.environment
    code = environment.function.code
    module, _, name = environment.function.handler.rpartition(".")
    try:
        environment.initialise()
    except (InvocationKilledError, HarnessError, KeyboardInterrupt):
        raise
    except HandlerMissingError:
        invocation.error = errordocument.of_missing_handler(name, module)
    except SystemExit as error:
        invocation.error = errordocument.of_exit(invocation.request_id, error.code)
    except (ImportError, SyntaxError) as error:
        invocation.error = errordocument.of_import(error, module=module, code=code)
    except BaseException as error:  # noqa: BLE001 - the border of the runtime: whatever the import raised
        invocation.error = _of(error, "", code)
    return invocation.error is None


def _of(error: BaseException, request_id: str, code: Any) -> dict[str, Any]:
    return errordocument.of_exception(error, request_id=request_id, code=code)


def _checked(answer: Any, invocation: Invocation) -> Any:
    """Return *answer* as the caller will see it, or note that it cannot be sent."""
    try:
        text = marshalled(answer)
    except (TypeError, ValueError) as error:
        invocation.error = errordocument.of_marshalling(error, request_id=invocation.request_id)
        return None
    if len(text) > RESPONSE_BYTES_MAX:
        invocation.error = errordocument.of_large_response(len(text))
        return None
    return json.loads(text)
