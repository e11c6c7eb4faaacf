"""One version of an object, or the delete marker that hides the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from harness.kernel.instant import Instant, to_datetime
from harness.services.s3.accesscontrol import AccessControl
from harness.services.s3.checksums import Checksum
from harness.services.s3.content import Content
from harness.services.s3.encryption import MANAGED, Encryption
from harness.services.s3.locking import UNLOCKED, Lock
from harness.services.s3.restoring import Restoration
from harness.services.s3.storageclasses import STANDARD
from harness.services.s3.tagging import Tags

NULL_VERSION = "null"
"""The version id of what was written while versioning was off."""


@dataclass(frozen=True, slots=True)
class Description:
    """What the writer says about an object: headers that are given back as they were."""

    content_type: str = "binary/octet-stream"
    headers: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    """User metadata; names in lower case, as S3 gives them back."""
    storage_class: str = STANDARD
    encryption: Encryption = MANAGED


PLAIN = Description()
"""What is said of an object of which its writer says nothing."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What can be changed about a version after it was written: by other marks."""

    tags: Tags = field(default_factory=dict)
    lock: Lock = UNLOCKED
    acl: AccessControl | None = None
    """None is: the owner may do everything and nobody else anything."""
    restoration: Restoration | None = None
    """Of an object in an archive."""


UNMARKED = Marks()


@dataclass(slots=True, eq=False)
class ObjectVersion:
    """An object as it was written; only its marks ever change.

    *content* is None for a delete marker.
    """

    object_key: str
    version_id: str
    content: Content | None
    etag: str
    """Without quotes."""
    written: Instant
    sequencer: str
    description: Description = PLAIN
    part_sizes: tuple[int, ...] = ()
    """The sizes of the parts it was uploaded in; empty when it came in one piece."""
    checksum: Checksum | None = None
    """None for a delete marker, and for a generated object."""
    part_checksums: tuple[Checksum, ...] = ()
    marks: Marks = UNMARKED

    @property
    def is_delete_marker(self) -> bool:
        """Whether this version hides the object instead of holding one."""
        return self.content is None

    @property
    def size(self) -> int:
        """How many bytes it has; a delete marker has none."""
        return 0 if self.content is None else self.content.size

    @property
    def last_modified(self) -> datetime:
        """When it was written, to the second, as HTTP tells it."""
        return to_datetime(Instant(self.written // 1_000_000 * 1_000_000))

    def read(self) -> bytes:
        """Return the whole content."""
        return b"" if self.content is None else b"".join(self.content.chunks(0, self.size))
