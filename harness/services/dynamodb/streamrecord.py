"""One record of a table's change stream."""

from msgspec import Struct
from msgspec.json import encode

from harness.kernel.instant import Instant
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.keyschema import KeySchema, PrimaryKey
from harness.services.dynamodb.storeditems import StoredItem

FIRST_SEQUENCE_NUMBER = 100_000_000_000_000_000_000
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_JSON_BYTES_MAX = 6
"""What one character, a control character for one, can take as JSON."""

UserIdentity = dict[str, str]


class StreamRecord(Struct, gc=False, eq=False):
    """One change of one item.  Each look at an image gives another, the receiver's own.

    A msgspec structure: millions of them live at once, in no cycle, and the collector need not
    look at them.
    """

    _schema: KeySchema
    primary_key: PrimaryKey
    _old: StoredItem | None
    _new: StoredItem | None
    event_name: str
    """``INSERT``, ``MODIFY`` or ``REMOVE``."""
    created: Instant
    """When the item changed, to the microsecond."""
    _number: int
    _prefix: str
    user_identity: UserIdentity | None = None
    """``{"Type", "PrincipalId"}`` of the service that deleted the item, else None."""
    _size: int = -1

    def showing(self, *, has_old: bool, has_new: bool) -> "StreamRecord":
        """Return the record as a stream shows it that shows not both images."""
        return StreamRecord(
            self._schema,
            self.primary_key,
            self._old if has_old else None,
            self._new if has_new else None,
            self.event_name,
            self.created,
            self._number,
            self._prefix,
            self.user_identity,
        )

    @property
    def keys(self) -> Item:
        """The key attributes of the item."""
        return self._schema.attributes_from(self.primary_key)

    @property
    def may_hold_binary(self) -> bool:
        """Whether a binary value may be in the keys or an image: False is certain, True is not."""
        partition, sort = self.primary_key
        return (
            type(partition) is bytes
            or type(sort) is bytes
            or (self._new is not None and self._new.may_hold_binary)
            or (self._old is not None and self._old.may_hold_binary)
        )

    @property
    def old_image(self) -> Item | None:
        """The item before, where there was one and the record shows it."""
        return None if self._old is None else self._old.item

    @property
    def new_image(self) -> Item | None:
        """The item after, where there is one and the record shows it."""
        return None if self._new is None else self._new.item

    @property
    def sequence_number(self) -> str:
        """A decimal text that rises with every change of the table."""
        return str(FIRST_SEQUENCE_NUMBER + self._number)

    @property
    def event_id(self) -> str:
        """32 hexadecimal digits that no other record has."""
        return f"{self._prefix}{self._number * _MIX & _MASK:016x}"

    @property
    def approximate_creation_seconds(self) -> int:
        """``ApproximateCreationDateTime``: seconds since 1970, cut."""
        return self.created // 1_000_000

    def images(self) -> tuple[Item | None, Item | None]:
        """Return the new and the old image, each unpacked once, and measured on the way."""
        new, old = self.new_image, self.old_image
        if self._size < 0:
            self._size = _size_of(self.keys, new, old)
        return new, old

    @property
    def size_bytes(self) -> int:
        """``SizeBytes``: the keys and the images that the record shows."""
        if self._size < 0:
            self._size = _size_of(self.keys, self.new_image, self.old_image)
        return self._size

    @property
    def text_bound(self) -> int:
        """Bytes that the keys and both images never exceed as compact JSON; cheap to tell."""
        partition, sort = self.primary_key
        if type(partition) is not str or type(sort) is not str:
            return self.text_size
        bound = self._schema.json_bound + _JSON_BYTES_MAX * (len(partition) + len(sort))
        if self._new is not None:
            bound += self._new.json_bound
        if self._old is not None:
            bound += self._old.json_bound
        return bound

    @property
    def text_size(self) -> int:
        """How many bytes the keys and both images take as compact JSON."""
        return len(encode((self.keys, self.old_image, self.new_image)))


def _size_of(keys: Item, new: Item | None, old: Item | None) -> int:
    size = item_size(keys)
    if new is not None:
        size += item_size(new)
    if old is not None:
        size += item_size(old)
    return size
