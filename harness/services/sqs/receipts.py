"""Receipt handles: an opaque text that names one receive of one message."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass

_MARK = "AQEB"
"""How AWS's handles begin."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The *receive_count*-th receive of message *order* of a queue."""

    queue_name: str
    order: int
    receive_count: int


def encode(receipt: Receipt, message_id: str) -> str:
    """Return the handle; the message id makes it look like no other."""
    text = f"{receipt.queue_name}/{receipt.order}/{receipt.receive_count}/{message_id}"
    return _MARK + b64encode(text.encode()).decode()


def decode(receipt_handle: str, queue_name: str) -> Receipt | None:
    """Return what *receipt_handle* names, or None when it is none of this queue's."""
    if not receipt_handle.startswith(_MARK):
        return None
    try:
        text = b64decode(receipt_handle.removeprefix(_MARK), validate=True).decode()
        name, order, receive_count, _ = text.split("/")
        receipt = Receipt(name, int(order), int(receive_count))
    except (Base64Error, ValueError):
        return None
    return receipt if name == queue_name else None
