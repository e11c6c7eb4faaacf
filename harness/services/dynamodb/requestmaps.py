"""The ``RequestItems`` of a batch that breaks a constraint of its shape, as AWS prints it.

BatchGetItem shows it as JSON, BatchWriteItem as the Java objects that it has become.
As recorded by the public suite paritysuite/dynamodb-conformance, "batchGetItem" and
"batchWriteItem"; the form of a delete and of values that are no texts is Java's own.
"""

import re
from base64 import b64encode
from collections.abc import Container, Mapping, Sequence
from json import dumps
from typing import Any

REQUESTS_MAX = 25
_NAME = re.compile("[a-zA-Z0-9_.-]{3,255}").fullmatch
_NAMES_RULE = (
    "Map keys must satisfy constraint: [Member must have length less than or equal to 255, "
    "Member must have length greater than or equal to 3, "
    "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]"
)
_COUNTS_RULE = (
    "Map value must satisfy constraint: "
    f"[Member must have length less than or equal to {REQUESTS_MAX}, "
    "Member must have length greater than or equal to 1]"
)
_KINDS = {
    "s": "S", "n": "N", "b": "B", "iNT": "", "dECIMAL": "", "dOUBLE": "", "sS": "SS", "nS": "NS",
    "bS": "BS", "iNTSET": "", "dECIMALSET": "", "dOUBLESET": "", "m": "M", "l": "L",
    "nULL": "NULL", "bOOL": "BOOL",
}  # fmt: skip
"""The members of an attribute value in Java, with those that only AWS itself ever sets."""


def read_faults(requests: Mapping[str, Any], tables: Container[str]) -> list[str]:
    """Return what is wrong with the table names of a BatchGetItem."""
    if all(map(tables.__contains__, requests)) or _are_names(requests):
        return []
    shown = dumps(requests, separators=(",", ":"), ensure_ascii=False, default=_encoded)
    return [_fault(shown, _NAMES_RULE)]


def write_faults(requests: Mapping[str, Sequence[Any]], tables: Container[str]) -> list[str]:
    """Return what is wrong with the table names of a BatchWriteItem, or with how much it asks."""
    if not all(1 <= len(members) <= REQUESTS_MAX for members in requests.values()):
        return [_fault(_map(requests), _COUNTS_RULE)]
    if all(map(tables.__contains__, requests)) or _are_names(requests):
        return []
    return [_fault(_map(requests), _NAMES_RULE)]


def _are_names(names: Mapping[str, Any]) -> bool:
    return all(name.startswith("arn:") or _NAME(name) for name in names)


def _fault(shown: str, rule: str) -> str:
    return f"Value '{shown}' at 'requestItems' failed to satisfy constraint: {rule}"


def _encoded(content: Any) -> str:
    return b64encode(bytes(getattr(content, "value", content))).decode()


def _map(requests: Mapping[str, Sequence[Any]]) -> str:
    shown = (f"{name}=[{', '.join(map(_request, each))}]" for name, each in requests.items())
    return f"{{{', '.join(shown)}}}"


def _request(request: Mapping[str, Any]) -> str:
    put, delete = "null", "null"
    if "PutRequest" in request:
        put = (
            f"PutRequest(item={_members(request['PutRequest']['Item'])}, workloadProfileName=null)"
        )
    if "DeleteRequest" in request:
        delete = f"DeleteRequest(key={_members(request['DeleteRequest']['Key'])})"
    return f"WriteRequest(putRequest={put}, deleteRequest={delete})"


def _members(members: Mapping[str, Any]) -> str:
    return f"{{{', '.join(f'{name}={_value(value)}' for name, value in members.items())}}}"


def _value(value: Mapping[str, Any]) -> str:
    shown = (f"{name}={_content(value.get(kind))}" for name, kind in _KINDS.items())
    return f"AttributeValue({', '.join(shown)})"


def _content(content: Any) -> str:
    if content is None:
        return "null"
    if isinstance(content, bool):
        return str(content).lower()
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return _members(content)
    if isinstance(content, bytes):
        return f"java.nio.HeapByteBuffer[pos=0 lim={len(content)} cap={len(content)}]"
    shown = (_value(each) if isinstance(each, Mapping) else _content(each) for each in content)
    return f"[{', '.join(shown)}]"
