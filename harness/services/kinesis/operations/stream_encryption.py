"""StartStreamEncryption and StopStreamEncryption: what describes a stream and its records says so."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.encryption import KMS, NONE
from harness.services.kinesis.errors import invalid
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"EncryptionType", "KeyId"}


def start_stream_encryption(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Encrypt what is put from now on."""
    require_modelled("StartStreamEncryption", params, _MODELLED)
    _check_kind(params)
    streams.find(params).encryption.start(params["KeyId"], now)
    return {}


def stop_stream_encryption(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Encrypt no more."""
    require_modelled("StopStreamEncryption", params, _MODELLED)
    _check_kind(params)
    streams.find(params).encryption.stop(now)
    return {}


def _check_kind(params: Parameters) -> None:
    kind = params["EncryptionType"]
    if kind not in (NONE, KMS):
        raise invalid(kind, "encryptionType", f"satisfy enum value set: [{NONE}, {KMS}]")
