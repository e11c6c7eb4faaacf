"""boto3's `upload_file`, `download_file` and their kin: one part after the other, in the caller.

boto3 hands the parts of a transfer to threads of its own, which no simulation can put in order.  It
also knows how to do without ("TransferConfig(use_threads=False)"), with the same calls.
"""

import sys
from typing import Any

_MODULE = "boto3.s3.transfer"
_MAKER = "_create_default_transfer_manager"

_originals: dict[str, Any] = {}


def install() -> None:
    """Let transfers do without threads; boto3 loads its part with the first client of S3."""
    if _MODULE in sys.modules and not _originals:
        module = vars(sys.modules[_MODULE])
        _originals[_MAKER] = module[_MAKER]
        module[_MAKER] = _manager


def remove() -> None:
    """Give transfers their threads back."""
    if _originals:
        vars(sys.modules[_MODULE])[_MAKER] = _originals.pop(_MAKER)


def _manager(client: Any, config: Any, osutil: Any) -> Any:
    from s3transfer.futures import NonThreadedExecutor  # noqa: PLC0415 - boto3 loads it late, too
    from s3transfer.manager import TransferManager  # noqa: PLC0415 - the same

    for operation in ("PutObject", "UploadPart"):
        event = f"before-parameter-build.s3.{operation}"
        client.meta.events.register(event, _begin, unique_id=f"harness-{operation}")
    return TransferManager(client, config, osutil, NonThreadedExecutor)


def _begin(params: dict[str, Any], **_: object) -> None:
    """Let a body tell of its progress, as boto3 lets it when it has made the request."""
    begin = getattr(params.get("Body"), "signal_transferring", None)
    if begin is not None:
        begin()
