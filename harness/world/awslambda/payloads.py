"""The payload of an invocation: what a caller may send, and what comes back."""

import json
from io import BytesIO
from typing import Any

from botocore.response import StreamingBody

from harness.world.awslambda.errors import too_large, unreadable

SYNCHRONOUS_BYTES_MAX = 6 * 1_048_576
ASYNCHRONOUS_BYTES_MAX = 1_048_576
_LIMITS = {"RequestResponse": SYNCHRONOUS_BYTES_MAX, "Event": ASYNCHRONOUS_BYTES_MAX}


def event_in(payload: Any, invocation_type: str) -> Any:
    """Return the event in *payload*, an empty object where there is none; raise what AWS refuses."""
    text = _as_bytes(payload)
    limit = _LIMITS.get(invocation_type)
    if limit is not None and len(text) > limit:
        raise too_large(len(text), invocation_type, limit)
    if not text:
        return {}
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise unreadable(
            f"Could not parse request body into json: Could not parse payload into json: {error}"
        ) from None


def answer_of(value: Any) -> StreamingBody:
    """Return *value* as the stream of JSON that a client reads."""
    return _stream(json.dumps(value, ensure_ascii=False).encode())


def no_answer() -> StreamingBody:
    """Return the empty stream of an invocation that nobody waits for."""
    return _stream(b"")


def _as_bytes(payload: Any) -> bytes:
    """Return what botocore would send for *payload*: text as UTF-8, a file's content."""
    content = payload.read() if hasattr(payload, "read") else payload
    if content is None:
        return b""
    return content.encode() if isinstance(content, str) else bytes(content)


def _stream(content: bytes) -> StreamingBody:
    return StreamingBody(BytesIO(content), len(content))
