"""One bucket of the backend, as views read it: its keys and their versions."""

from collections.abc import Iterator
from typing import Any

from harness.backends.remote.connection import Connection
from harness.kernel.instant import Instant


class RemoteContent:
    """The content of one version, fetched when it is read."""

    def __init__(self, connection: Connection, where: dict[str, str]) -> None:
        self._connection = connection
        self._where = where

    def chunks(self, start: int, end: int) -> Iterator[bytes]:
        """Return the bytes from *start* to before *end*."""
        body: bytes = self._connection.call("GetObject", self._where)["Body"]
        yield body[start:end]


class RemoteVersion:
    """One version of an object; *content* is None for a delete marker."""

    def __init__(self, version_id: str, size: int, content: RemoteContent | None) -> None:
        self.version_id = version_id
        self.size = size
        self.content = content


class RemoteBucket:
    """A bucket as it is in the backend now."""

    def __init__(self, name: str, connection: Connection) -> None:
        self.name = name
        self.is_versioned = False
        """Whether versioning was ever switched on."""
        self._connection = connection
        self._last_sequencer = 0

    def next_sequencer(self, now: Instant) -> str:
        """Return a hexadecimal text above all that this bucket gave out before."""
        self._last_sequencer = max(self._last_sequencer + 1, now << 8)
        return f"{self._last_sequencer:016X}"

    def version_keys(self) -> list[str]:
        """Return every key that has a version, in S3's order."""
        return sorted({each["Key"] for each in self._list("")})

    def versions(self, object_key: str) -> list[RemoteVersion]:
        """Return all versions of a key, the newest first."""
        return [
            self._version(each) for each in self._list(object_key) if each["Key"] == object_key
        ]

    def has(self, object_key: str) -> bool:
        """Whether an object is seen under *object_key*."""
        answer = self._connection.call(
            "ListObjectsV2", {"Bucket": self.name, "Prefix": object_key, "MaxKeys": 1}
        )
        return any(each["Key"] == object_key for each in answer.get("Contents", ()))

    def _version(self, listed: dict[str, Any]) -> RemoteVersion:
        if "Size" not in listed:
            return RemoteVersion(listed["VersionId"], 0, None)
        where = {"Bucket": self.name, "Key": listed["Key"]}
        if self.is_versioned:
            where["VersionId"] = listed["VersionId"]
        return RemoteVersion(
            listed["VersionId"], listed["Size"], RemoteContent(self._connection, where)
        )

    def _list(self, prefix: str) -> list[dict[str, Any]]:
        """Return versions and delete markers, the newest of each key first."""
        found: list[dict[str, Any]] = []
        parameters: dict[str, Any] = {"Bucket": self.name, "Prefix": prefix}
        while True:
            answer = self._connection.call("ListObjectVersions", parameters)
            found += [*answer.get("Versions", ()), *answer.get("DeleteMarkers", ())]
            if not answer.get("IsTruncated"):
                return sorted(found, key=lambda each: not each.get("IsLatest"))
            parameters["KeyMarker"] = answer["NextKeyMarker"]
            parameters["VersionIdMarker"] = answer.get("NextVersionIdMarker", "")
