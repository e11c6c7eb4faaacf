"""One bucket: its objects with all their versions.

*versioning* is None (never switched on), ``Enabled`` or ``Suspended``.  `objects` holds what is
seen: the newest version of each key, unless that is a delete marker.
"""

from dataclasses import dataclass, field
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.partitions import partition_of
from harness.services.s3.accesscontrol import AccessControl
from harness.services.s3.encryption import MANAGED, Encryption
from harness.services.s3.multipart import Upload
from harness.services.s3.notifications import Notification
from harness.services.s3.objectversion import NULL_VERSION, ObjectVersion


@dataclass(slots=True)
class Bucket:
    """A bucket."""

    name: str
    region: str
    created: Instant
    location: str | None = None
    """What its location is called, where that is not the region."""
    versioning: str | None = None
    objects: dict[str, ObjectVersion] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    notifications: tuple[Notification, ...] = ()
    completed: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    """Upload -> its key and what its completion answered: completing twice is no error."""
    ownership: str = "BucketOwnerEnforced"
    encryption: Encryption = MANAGED
    has_own_encryption: bool = False
    """Whether somebody set the default encryption."""
    object_lock: dict[str, Any] | None = None
    acl: AccessControl | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    """Parts of the configuration that change nothing about objects, by name."""
    _versions: dict[str, list[ObjectVersion]] = field(default_factory=dict)
    _removed: dict[tuple[str, str], str] = field(default_factory=dict)
    """Key and id of a version that is gone -> its sequencer: a list can still go on behind it."""
    _sorted_keys: list[str] | None = None
    _sorted_version_keys: list[str] | None = None
    _last_sequencer: int = 0

    @property
    def arn(self) -> str:
        """The bucket's ARN, which names neither its region nor its account."""
        return partition_of(self.region).arn("s3", self.name)

    @property
    def is_empty(self) -> bool:
        """Whether no version of any object is left."""
        return not self._versions

    def sorted_keys(self) -> list[str]:
        """Return the keys of `objects` in S3's order, that of their UTF-8 bytes."""
        if self._sorted_keys is None:
            self._sorted_keys = sorted(self.objects)
        return self._sorted_keys

    def versions(self, object_key: str) -> list[ObjectVersion]:
        """Return all versions of a key, the newest first."""
        return self._versions.get(object_key, [])[::-1]

    def version_keys(self) -> list[str]:
        """Return every key that has a version, in S3's order."""
        if self._sorted_version_keys is None:
            self._sorted_version_keys = sorted(self._versions)
        return self._sorted_version_keys

    def newest(self, object_key: str) -> ObjectVersion | None:
        """Return the newest version of a key, though it be a delete marker."""
        versions = self._versions.get(object_key)
        return versions[-1] if versions else None

    def find_version(self, object_key: str, version_id: str) -> ObjectVersion | None:
        """Return the version with this id, delete markers included."""
        for version in self._versions.get(object_key, ()):
            if version.version_id == version_id:
                return version
        return None

    def versions_behind(self, object_key: str, version_id: str) -> list[ObjectVersion]:
        """Return those that are older than a version which is or was there, the newest first."""
        marker = self.find_version(object_key, version_id)
        if marker is None:
            sequencer = self._removed.get((object_key, version_id), "")
        else:
            sequencer = marker.sequencer
        return [version for version in self.versions(object_key) if version.sequencer < sequencer]

    def next_sequencer(self, now: Instant) -> str:
        """Return a hexadecimal text above all that this bucket gave out before."""
        self._last_sequencer = max(self._last_sequencer + 1, now << 8)
        return f"{self._last_sequencer:016X}"

    def add(self, version: ObjectVersion) -> None:
        """Make *version* the newest; one with the id ``null`` takes the place of its like."""
        versions = self._versions.get(version.object_key)
        if versions is None:
            versions = self._versions[version.object_key] = []
            self._sorted_version_keys = None
        if version.version_id == NULL_VERSION:
            versions[:] = [other for other in versions if other.version_id != NULL_VERSION]
        versions.append(version)
        self._show_newest(version.object_key)

    def remove(self, version: ObjectVersion) -> None:
        """Delete *version* for good; the one before it is seen again."""
        versions = self._versions[version.object_key]
        versions.remove(version)
        if version.version_id != NULL_VERSION:
            self._removed[version.object_key, version.version_id] = version.sequencer
        if not versions:
            del self._versions[version.object_key]
            self._sorted_version_keys = None
        self._show_newest(version.object_key)

    def _show_newest(self, object_key: str) -> None:
        for upload in self.uploads.values():
            if upload.object_key == object_key:
                upload.is_overtaken = True
        versions = self._versions.get(object_key)
        was_seen = object_key in self.objects
        if versions and versions[-1].content is not None:
            self.objects[object_key] = versions[-1]
            is_seen = True
        else:
            self.objects.pop(object_key, None)
            is_seen = False
        if was_seen != is_seen:
            self._sorted_keys = None
