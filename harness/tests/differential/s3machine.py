"""S3 against moto: objects, versions, uploads in parts, listings."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Exchange, Pair
from harness.tests.differential.s3known import KNOWN
from harness.tests.differential.s3known.asking import IGNORED
from harness.tests.differential.s3known.listings import encode_as_a_path, entries

KEYS = st.sampled_from(["a", "a/b", "a/c", "a//b", "a-b", "b", "b/c d", "b+c", "~", "\u00e9"])
BODIES = st.sampled_from([b"", b"0123456789", b"other", b"x" * 30])
PART = b"p" * (5 * 1024 * 1024)
RANGES = st.sampled_from(
    [
        None,
        "bytes=0-3",
        "bytes=8-",
        "bytes=-3",
        "bytes=3-99",
        "bytes=50-",
        "bytes=5-2",
        "bytes=x",
        "bytes=-0",
    ]
)
TAG = "d41d8cd98f00b204e9800998ecf8427e"


class ObjectsMachine(PeersMachine):
    """One bucket, versioned or not."""

    known = KNOWN
    ignored = IGNORED

    def normal(self, exchange: Exchange) -> Exchange:
        """Leave out what a listing merely echoes, and encode its names as moto does.

        One divergence tells of either.
        """
        if exchange.parameters.get("EncodingType") == "url":
            encode_as_a_path(exchange.ours)
        for answer in (exchange.ours, exchange.theirs):
            for name in ("Marker", "StartAfter", "Prefix"):
                if answer.output.get(name) == "" or (name == "Marker" and name in answer.output):
                    del answer.output[name]
        return exchange

    def __init__(self) -> None:
        super().__init__()
        self.versions: list[tuple[str, Pair]] = []
        self.uploads: list[tuple[str, Pair]] = []
        self.parts: dict[int, dict[int, str]] = {}

    @initialize(is_versioned=st.booleans())
    def make_the_bucket(self, is_versioned: bool) -> None:  # noqa: FBT001 - drawn
        """Make it."""
        self.both("s3", "CreateBucket", Bucket="files")
        if is_versioned:
            self.version("Enabled")

    def ask(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call for the bucket."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return self.both("s3", operation, Bucket="files", **given)

    @rule(status=st.sampled_from(["Enabled", "Suspended"]))
    def version(self, status: str) -> None:
        """Switch versioning."""
        self.ask("PutBucketVersioning", VersioningConfiguration={"Status": status})
        self.ask("GetBucketVersioning")

    def _note(self, key: str, exchange: Exchange) -> None:
        both = [side.output.get("VersionId") for side in (exchange.ours, exchange.theirs)]
        if all(both):
            self.versions.append((key, Pair(*both)))

    @rule(
        key=KEYS,
        body=BODIES,
        described=st.sampled_from(
            [
                {},
                {"ContentType": "text/csv", "Metadata": {"Colour": "red"}},
                {"CacheControl": "no-cache", "ContentEncoding": "gzip"},
            ]
        ),
        only_new=st.sampled_from([False, False, True]),
    )
    def put(self, key: str, body: bytes, described: dict[str, Any], only_new: bool) -> None:  # noqa: FBT001 - drawn
        """Put an object."""
        exchange = self.ask(
            "PutObject", Key=key, Body=body, IfNoneMatch="*" if only_new else None, **described
        )
        self._note(key, exchange)
        self.peers.wait(1)

    @rule(key=KEYS, operation=st.sampled_from(["GetObject", "HeadObject"]), piece=RANGES)
    def get(self, key: str, operation: str, piece: str | None) -> None:
        """Read an object or a piece of it."""
        self.ask(operation, Key=key, Range=piece)

    @rule(
        key=KEYS,
        operation=st.sampled_from(["GetObject", "HeadObject"]),
        tag=st.sampled_from(["right", "wrong", "*"]),
        name=st.sampled_from(["IfMatch", "IfNoneMatch"]),
    )
    def get_if(self, key: str, operation: str, tag: str, name: str) -> None:
        """Read an object on a condition."""
        self.ask(operation, Key=key, **self._condition(key, name, tag))

    def _condition(self, key: str, name: str, tag: str | None) -> dict[str, str]:
        if tag is None:
            return {}
        told = self.peers.ours("s3", "HeadObject", Bucket="files", Key=key).output
        found = told.get("ETag", f'"{TAG}"')
        return {name: found if tag == "right" else '"wrong"' if tag == "wrong" else "*"}

    @rule(
        key=KEYS,
        operation=st.sampled_from(["GetObject", "HeadObject"]),
        ago=st.sampled_from([-100, 0, 100]),
        name=st.sampled_from(["IfModifiedSince", "IfUnmodifiedSince"]),
    )
    def get_since(self, key: str, operation: str, ago: int, name: str) -> None:
        """Read an object by its age."""
        self.ask(operation, Key=key, **{name: self.peers.now // 1_000_000 - 50 - ago})

    @rule(
        place=st.integers(0, 9),
        operation=st.sampled_from(["GetObject", "HeadObject", "DeleteObject"]),
    )
    def use_a_version(self, place: int, operation: str) -> None:
        """Read or delete one version."""
        if self.versions:
            key, version = self.versions[place % len(self.versions)]
            self.ask(operation, Key=key, VersionId=version)

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        """Delete an object."""
        self._note(key, self.ask("DeleteObject", Key=key))
        self.peers.wait(1)

    @rule(keys=st.lists(KEYS, min_size=1, max_size=4, unique=True), is_quiet=st.booleans())
    def delete_several(self, keys: list[str], is_quiet: bool) -> None:  # noqa: FBT001 - drawn
        """Delete several objects."""
        self.ask(
            "DeleteObjects", Delete={"Objects": [{"Key": key} for key in keys], "Quiet": is_quiet}
        )
        self.peers.wait(1)

    @rule(
        source=KEYS,
        key=KEYS,
        directive=st.sampled_from([None, "COPY", "REPLACE"]),
        tag=st.sampled_from([None, None, "right", "wrong"]),
        name=st.sampled_from(["CopySourceIfMatch", "CopySourceIfNoneMatch"]),
    )
    def copy(
        self, source: str, key: str, directive: str | None, tag: str | None, name: str
    ) -> None:
        """Copy an object, perhaps on a condition."""
        more = {"Metadata": {"new": "1"}} if directive == "REPLACE" else {}
        exchange = self.ask(
            "CopyObject",
            Key=key,
            CopySource={"Bucket": "files", "Key": source},
            MetadataDirective=directive,
            **more,
            **self._condition(source, name, tag),
        )
        self._note(key, exchange)
        self.peers.wait(1)

    @rule(
        operation=st.sampled_from(["ListObjectsV2", "ListObjects"]),
        prefix=st.sampled_from([None, "", "a", "a/", "a//", "b/c", "\u00e9", "zz"]),
        delimiter=st.sampled_from([None, "/", "c", "//", "/b", " "]),
        most=st.sampled_from([None, 0, 1, 2]),
        encoding=st.sampled_from([None, "url"]),
    )
    def list_objects(
        self,
        operation: str,
        prefix: str | None,
        delimiter: str | None,
        most: int | None,
        encoding: str | None,
    ) -> None:
        """List objects, page by page."""
        given = {
            "Prefix": prefix,
            "Delimiter": delimiter,
            "MaxKeys": most,
            "EncodingType": encoding,
        }
        exchange = self.ask(operation, **given)
        for _ in range(6):
            both = [
                side.output.get("NextContinuationToken")
                for side in (exchange.ours, exchange.theirs)
            ]
            if not all(both) or entries(exchange.ours) != entries(exchange.theirs):
                return  # each side's next page begins elsewhere
            exchange = self.ask(operation, ContinuationToken=Pair(*both), **given)

    @rule(
        key=KEYS,
        tags=st.lists(
            st.sampled_from([("k", "v"), ("k", ""), ("other", "v"), ("aws:k", "v")]), max_size=2
        ),
    )
    def tag(self, key: str, tags: list[tuple[str, str]]) -> None:
        """Tag an object, and look."""
        tag_set = [{"Key": name, "Value": value} for name, value in tags]
        self.ask("PutObjectTagging", Key=key, Tagging={"TagSet": tag_set})
        self.ask("GetObjectTagging", Key=key)
        self.ask("HeadObject", Key=key)

    @rule(key=KEYS)
    def untag(self, key: str) -> None:
        """Take an object's tags away."""
        self.ask("DeleteObjectTagging", Key=key)
        self.ask("GetObjectTagging", Key=key)

    @rule(after=st.sampled_from(["", "a", "a/b", "a-", "b+", "z"]))
    def list_after(self, after: str) -> None:
        """List what comes after a key."""
        self.ask("ListObjectsV2", StartAfter=after)
        self.ask("ListObjects", Marker=after)

    @rule(prefix=st.sampled_from([None, "a"]))
    def list_versions(self, prefix: str | None) -> None:
        """List versions."""
        self.ask("ListObjectVersions", Prefix=prefix)

    @rule(key=KEYS)
    def begin_an_upload(self, key: str) -> None:
        """Begin an upload in parts."""
        exchange = self.ask("CreateMultipartUpload", Key=key, ContentType="text/csv")
        if exchange.ours.is_ok and exchange.theirs.is_ok:
            self.parts[len(self.uploads)] = {}
            self.uploads.append(
                (key, Pair(exchange.ours.output["UploadId"], exchange.theirs.output["UploadId"]))
            )

    @rule(
        place=st.integers(0, 3), number=st.integers(1, 3), body=st.sampled_from([PART, b"small"])
    )
    def upload_a_part(self, place: int, number: int, body: bytes) -> None:
        """Upload a part."""
        if self.uploads:
            place %= len(self.uploads)
            key, upload = self.uploads[place]
            exchange = self.ask(
                "UploadPart", Key=key, UploadId=upload, PartNumber=number, Body=body
            )
            if exchange.ours.is_ok:
                self.parts[place][number] = exchange.ours.output["ETag"]

    @rule(
        place=st.integers(0, 3),
        how=st.sampled_from(
            ["complete", "complete", "backwards", "wrong", "empty", "abort", "list"]
        ),
    )
    def end_an_upload(self, place: int, how: str) -> None:
        """Complete an upload, rightly or wrongly; abort it; list its parts."""
        if not self.uploads:
            return
        place %= len(self.uploads)
        key, upload = self.uploads[place]
        given = {"Key": key, "UploadId": upload}
        parts = [
            {"PartNumber": number, "ETag": tag}
            for number, tag in sorted(self.parts[place].items())
        ]
        if how == "abort":
            self.ask("AbortMultipartUpload", **given)
        elif how == "list":
            self.ask("ListParts", **given)
        else:
            if how == "backwards":
                parts.reverse()
            elif how == "wrong":
                parts = [{"PartNumber": 1, "ETag": '"wrong"'}]
            chosen = [] if how == "empty" else parts
            exchange = self.ask(
                "CompleteMultipartUpload", **given, MultipartUpload={"Parts": chosen}
            )
            self._note(key, exchange)
            self.ask("GetObject", Key=key, Range="bytes=0-9")
            self.ask("HeadObject", Key=key, PartNumber=1)
            self.peers.wait(1)

    @rule(call=st.sampled_from([
        ("HeadBucket", {"Bucket": "gone"}), ("ListObjectsV2", {"Bucket": "gone"}), ("GetObject", {"Bucket": "gone", "Key": "a"}),
        ("PutObject", {"Bucket": "gone", "Key": "a", "Body": b""}), ("DeleteBucket", {"Bucket": "gone"}), ("DeleteBucket", {"Bucket": "files"}),
        ("HeadBucket", {"Bucket": "files"}), ("GetBucketVersioning", {"Bucket": "gone"}), ("ListParts", {"Bucket": "files", "Key": "a", "UploadId": "gone"}),
        ("AbortMultipartUpload", {"Bucket": "files", "Key": "a", "UploadId": "gone"}), ("UploadPart", {"Bucket": "files", "Key": "a", "UploadId": "gone", "PartNumber": 1, "Body": b""}),
        ("GetObject", {"Bucket": "files", "Key": "a", "VersionId": "nonsense"}), ("CopyObject", {"Bucket": "files", "Key": "a", "CopySource": {"Bucket": "gone", "Key": "a"}}),
        ("PutObject", {"Bucket": "files", "Key": "k" * 1025, "Body": b""}), ("CreateBucket", {"Bucket": "A_b"}), ("CreateBucket", {"Bucket": "files"}),
    ]))  # fmt: skip
    def err(self, call: tuple[str, dict[str, Any]]) -> None:
        """Ask for what is not there."""
        operation, parameters = call
        if operation == "DeleteBucket" and parameters["Bucket"] == "files" and self._is_empty():
            return
        self.both("s3", operation, **parameters)

    def _is_empty(self) -> bool:
        found = self.peers.ours("s3", "ListObjectVersions", Bucket="files").output
        return not (found.get("Versions") or found.get("DeleteMarkers"))
