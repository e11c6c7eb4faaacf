"""Handling: what happens inside an invocation's greenlet, from the import to the answer.

Whatever leaves the handler becomes Lambda's error document here; nothing but an end of the whole
run passes this border.  As in Lambda's own runtime, an ``Exception`` is reported, and the
environment lives on; whatever the runtime does not catch (another ``BaseException``, or what the
exception itself raises when it is asked for its text) is the end of the process.

Source: ``bootstrap.py`` of the AWS Lambda runtime interface client for Python.
"""

from collections.abc import Callable
from typing import Any

from harness.errors import HarnessError
from harness.runtime import errordocument
from harness.runtime.baton import InvocationKilledError
from harness.runtime.executionenvironment import HandlerMissingError
from harness.runtime.invocation import Invocation
from harness.runtime.marshalling import RESPONSE_BYTES_MAX, marshalled, unmarshalled


def handle(
    invocation: Invocation,
    report: Callable[[Exception], None],
    is_interrupted: Callable[[], bool],
) -> None:
    """Run the handler and note its answer or its error in *invocation*.

    *report* is told of errors about the harness itself; *is_interrupted* says whether a
    `KeyboardInterrupt` is meant for the harness, whoever happened to run.  Raises
    `InvocationKilledError` where the invocation was ended from outside.
    """
    code = invocation.environment.function.code
    try:
        _answer(invocation)
    except InvocationKilledError:
        raise
    except HarnessError as error:
        report(error)
        invocation.error = errordocument.of_exception(
            error, request_id=invocation.request_id, code=code
        )
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and is_interrupted():
            raise
        invocation.environment.place.write(errordocument.last_words(error, code))
        invocation.error = errordocument.of_uncaught(error, invocation.request_id)


def _answer(invocation: Invocation) -> None:
    """Do what Lambda's runtime does with an event; what it does not catch is not caught here."""
    environment = invocation.environment
    code = environment.function.code
    try:
        if environment.is_cold and not _initialise(invocation):
            _log(invocation)
            return
        assert environment.handler is not None, "an initialised environment has a handler"
        answer = environment.handler(invocation.event, invocation.context)
        environment.note_answer()
        invocation.answer = _checked(answer, invocation)
    except HarnessError:
        raise
    except Exception as error:  # noqa: BLE001 - the border of the runtime: whatever left the handler
        invocation.error = errordocument.of_exception(
            error, request_id=invocation.request_id, code=code
        )
        _log(invocation)


def _log(invocation: Invocation) -> None:
    """Write the error down, as the runtime does before it tells Lambda."""
    assert invocation.error is not None, "it has just been noted"
    invocation.environment.place.write(errordocument.log_text(invocation.error))


def _initialise(invocation: Invocation) -> bool:
    """Import the function's module; on failure, note the error and return False."""
    environment = invocation.environment
    code = environment.function.code
    module, _, name = environment.function.handler.rpartition(".")
    try:
        environment.initialise()
    except HarnessError:
        raise
    except HandlerMissingError:
        invocation.error = errordocument.of_missing_handler(name, module)
    except (ImportError, SyntaxError) as error:
        invocation.error = errordocument.of_import(error, module=module, code=code)
    except Exception as error:  # noqa: BLE001 - the border of the runtime: whatever the import raised
        invocation.error = errordocument.of_exception(error, request_id="", code=code)
    return invocation.error is None


def _checked(answer: Any, invocation: Invocation) -> Any:
    """Return *answer* as the caller will see it, or note that it cannot be sent."""
    try:
        text = marshalled(answer)
    except HarnessError:
        raise
    except Exception as error:  # noqa: BLE001 - an answer's classes are the handler's code
        invocation.error = errordocument.of_marshalling(error, request_id=invocation.request_id)
        _log(invocation)
        return None
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > RESPONSE_BYTES_MAX:
        invocation.error = errordocument.of_large_response(size)
        return None
    return unmarshalled(text)
