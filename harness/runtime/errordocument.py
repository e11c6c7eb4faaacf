"""The JSON document with which Lambda answers when a function failed.

Source: AWS Lambda developer guide, "Lambda function errors in Python"; the texts of time-outs and
exits as recorded from AWS.
"""

import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from harness.runtime.deployedpath import deployed_path, deployed_text


def of_exception(error: BaseException, *, request_id: str, code: Path) -> dict[str, Any]:
    """Return the document of an exception that left the handler; raises what its text raises."""
    return {
        "errorMessage": deployed_text(str(error), code),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": _stack_trace(error.__traceback__, code),
    }


def of_import(error: BaseException, *, module: str, code: Path) -> dict[str, Any]:
    """Return the document of a module that could not be imported."""
    if isinstance(error, SyntaxError):
        place = f'"{deployed_path(error.filename or "", code)}" Line {error.lineno}'
        return {
            "errorMessage": f"Syntax error in module '{module}': {error}",
            "errorType": "Runtime.UserCodeSyntaxError",
            "requestId": "",
            "stackTrace": [f"  File {place}\n    {error.text or ''}"],
        }
    return {
        "errorMessage": f"Unable to import module '{module}': {error}",
        "errorType": "Runtime.ImportModuleError",
        "requestId": "",
        "stackTrace": [],
    }


def of_missing_handler(handler: str, module: str) -> dict[str, Any]:
    """Return the document of a module without the handler that the template names."""
    return {
        "errorMessage": f"Handler '{handler}' missing on module '{module}'",
        "errorType": "Runtime.HandlerNotFound",
        "requestId": "",
        "stackTrace": [],
    }


def of_marshalling(error: BaseException, *, request_id: str) -> dict[str, Any]:
    """Return the document of an answer that is no JSON."""
    return {
        "errorMessage": f"Unable to marshal response: {error}",
        "errorType": "Runtime.MarshalError",
        "requestId": request_id,
        "stackTrace": [],
    }


def of_timeout(request_id: str, timeout_seconds: float) -> dict[str, Any]:
    """Return the document of a function that ran into its timeout."""
    return {
        "errorType": "Sandbox.Timedout",
        "errorMessage": f"RequestId: {request_id} Error: Task timed out after {timeout_seconds:.2f} seconds",
    }


def of_exit(request_id: str, ending: str = "") -> dict[str, Any]:
    """Return the document of a process that is gone; *ending* is how its parent saw it end."""
    reason = (
        f"Runtime exited with error: {ending}"
        if ending
        else "Runtime exited without providing a reason"
    )
    return {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {request_id} Error: {reason}",
    }


def of_uncaught(error: BaseException, request_id: str) -> dict[str, Any]:
    """Return the document of a process that *error* ends, as Python's interpreter ends for it.

    Source: Python library reference, "sys.exit" and "KeyboardInterrupt".
    """
    if isinstance(error, KeyboardInterrupt):
        return of_exit(request_id, "signal: interrupt")
    status: object = 1
    if isinstance(error, SystemExit):
        status = error.code
        if not isinstance(status, int | None):
            status = 1
    status = int(status or 0) & 0xFF  # type: ignore[call-overload]  # None and int are left
    return of_exit(request_id, f"exit status {status}" if status else "")


def last_words(error: BaseException, code: Path) -> str:
    """Return what Python's interpreter writes to standard error when *error* ends it."""
    if isinstance(error, SystemExit):
        is_text = not isinstance(error.code, int | None)
        return f"{error.code}\n" if is_text else ""
    told = traceback.TracebackException.from_exception(error)
    part: traceback.TracebackException | None = told
    while part is not None:
        part.stack = _deployed_frames(part.stack, code)
        part = part.__cause__ or part.__context__
    return "".join(told.format())


def log_text(document: dict[str, Any]) -> str:
    """Return what Lambda's runtime writes to the function's log about the error in *document*.

    Source: ``bootstrap.py`` of the AWS Lambda runtime interface client for Python, ``log_error``.
    """
    told = f"[ERROR] {document['errorType']}"
    if document["errorMessage"]:
        told += f": {document['errorMessage']}"
    lines = [told, "Traceback (most recent call last):"]
    for frame in document["stackTrace"]:
        lines += [_unbreakably_indented(line) for line in frame.splitlines()]
    return "\n".join(lines) + "\n"


def _unbreakably_indented(line: str) -> str:
    """Return *line* with no-break spaces in front, which CloudWatch's console does not swallow."""
    text = line.lstrip(" ")
    return "\N{NO-BREAK SPACE}" * (len(line) - len(text)) + text


def of_large_response(size: int) -> dict[str, Any]:
    """Return the document of an answer over 6 MB."""
    assert size > 0, "a large answer has a size"
    return {
        "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
        "errorType": "Function.ResponseSizeTooLarge",
    }


def _stack_trace(trace: TracebackType | None, code: Path) -> list[str]:
    """Return the frames as AWS prints them, from the handler on, without this machine's paths.

    A frame whose source nobody has, as the import system's own, has no second line.
    """
    return _deployed_frames(traceback.extract_tb(trace), code).format()


def _deployed_frames(frames: traceback.StackSummary, code: Path) -> traceback.StackSummary:
    """Return those of *frames* that are not the harness's own, with Lambda's paths."""
    return traceback.StackSummary.from_list(
        [
            traceback.FrameSummary(
                deployed_path(frame.filename, code), frame.lineno, frame.name, line=frame.line
            )
            for frame in frames
            if "/harness/" not in frame.filename or "/harness/tests/" in frame.filename
        ]
    )
