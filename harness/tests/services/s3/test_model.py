"""S3 against a model: a bucket is a dictionary, and with versions a dictionary of lists."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from harness.services.s3.service import S3
from harness.tests.services.calling import Caller

KEYS = st.sampled_from(["a", "a/b", "a/c", "b/", "b/c/d", "ü"])


class BucketMachine(RuleBasedStateMachine):
    """Puts and deletes, with versioning or without."""

    def __init__(self) -> None:
        super().__init__()
        self.call = Caller(S3)
        self.call("CreateBucket", Bucket="files")
        self.model: dict[str, list[tuple[str, bytes | None]]] = {}
        self.is_versioned = False

    @initialize(is_versioned=st.booleans())
    def choose(self, *, is_versioned: bool) -> None:
        """Switch versioning on, or not."""
        self.is_versioned = is_versioned
        if is_versioned:
            configuration = {"Status": "Enabled"}
            self.call("PutBucketVersioning", Bucket="files", VersioningConfiguration=configuration)

    @rule(object_key=KEYS, data=st.binary(max_size=4))
    def put(self, object_key: str, data: bytes) -> None:
        """Put an object."""
        output = self.call("PutObject", Bucket="files", Key=object_key, Body=data)
        self._add(object_key, output.get("VersionId", "null"), data)

    @rule(object_key=KEYS)
    def delete(self, object_key: str) -> None:
        """Delete an object, or hide it."""
        output = self.call("DeleteObject", Bucket="files", Key=object_key)
        if self.is_versioned:
            self._add(object_key, output["VersionId"], None)
        else:
            self.model.pop(object_key, None)

    @rule(object_key=KEYS, place=st.integers(0, 9))
    def delete_version(self, object_key: str, place: int) -> None:
        """Delete some version for good."""
        versions = self.model.get(object_key, [])
        if versions:
            version_id, _ = versions.pop(place % len(versions))
            self.call("DeleteObject", Bucket="files", Key=object_key, VersionId=version_id)

    @invariant()
    def every_object_is_listed_and_read(self) -> None:
        """List and read the newest version of each key, unless it is a delete marker."""
        expected = {
            object_key: versions[-1][1]
            for object_key, versions in sorted(self.model.items())
            if versions and versions[-1][1] is not None
        }
        output = self.call("ListObjectsV2", Bucket="files")
        keys = [one["Key"] for one in output.get("Contents", [])]
        assert keys == list(expected)
        for object_key in keys:
            body = self.call("GetObject", Bucket="files", Key=object_key)["Body"]
            assert body.read() == expected[object_key]

    @invariant()
    def a_listing_by_pages_gives_what_a_listing_gives(self) -> None:
        """Whatever the size of the page, with a delimiter."""
        whole = self.call("ListObjectsV2", Bucket="files", Delimiter="/")
        keys, prefixes = [], []
        token: dict[str, str] = {}
        while True:
            page = self.call("ListObjectsV2", Bucket="files", Delimiter="/", MaxKeys=1, **token)
            keys += page.get("Contents", [])
            prefixes += page.get("CommonPrefixes", [])
            if not page["IsTruncated"]:
                break
            token = {"ContinuationToken": page["NextContinuationToken"]}
        assert keys == whole.get("Contents", [])
        assert prefixes == whole.get("CommonPrefixes", [])

    def _add(self, object_key: str, version_id: str, data: bytes | None) -> None:
        versions = self.model.setdefault(object_key, [])
        if not self.is_versioned:
            versions.clear()
        versions.append((version_id, data))


TestBucketMachine = BucketMachine.TestCase
TestBucketMachine.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, derandomize=True
)
