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
    """Return the document of an exception that left the handler."""
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


def of_exit(request_id: str, status: object = None) -> dict[str, Any]:
    """Return the document of a process that ended itself, or was killed."""
    reason = (
        "Runtime exited without providing a reason"
        if status in (None, 0)
        else f"Runtime exited with error: exit status {status}"
    )
    return {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {request_id} Error: {reason}",
    }


def of_large_response(size: int) -> dict[str, Any]:
    """Return the document of an answer over 6 MB."""
    assert size > 0, "a large answer has a size"
    return {
        "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
        "errorType": "Function.ResponseSizeTooLarge",
    }


def _stack_trace(trace: TracebackType | None, code: Path) -> list[str]:
    """Return the frames as AWS prints them, from the handler on, without this machine's paths."""
    frames = [
        frame
        for frame in traceback.extract_tb(trace)
        if "/harness/" not in frame.filename or "/harness/tests/" in frame.filename
    ]
    return [
        f'  File "{deployed_path(frame.filename, code)}", line {frame.lineno}, in {frame.name}\n'
        f"    {frame.line}\n"
        for frame in frames
    ]
