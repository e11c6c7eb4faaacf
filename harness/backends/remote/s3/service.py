"""S3 of the backend: every call passes here, and what it wrote or removed is announced."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from harness.backends.remote.connection import Connection
from harness.backends.remote.operations import Operation, operations
from harness.backends.remote.s3.bucket import RemoteBucket
from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters, Surroundings
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.content import as_bytes
from harness.services.s3.service import OPERATIONS as KNOWN


class RemoteS3:
    """The buckets of the backend's account, as far as they were made through here."""

    def __init__(self, surroundings: Surroundings, connection: Connection) -> None:
        self.surroundings = surroundings
        self.connection = connection
        self.buckets: dict[str, RemoteBucket] = {}

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation that the engine knows."""
        return _OPERATIONS

    def expire(self, now: Instant) -> None:
        """Do nothing: what a backend's lifecycle rules do is its own."""

    def created(
        self, parameters: Parameters, output: Output, event_name: str, now: Instant
    ) -> None:
        """Announce the object that *parameters* name."""
        bucket = self.buckets.get(parameters["Bucket"])
        if bucket is None:
            return
        described = self.connection.call(
            "HeadObject", {"Bucket": bucket.name, "Key": parameters["Key"]}
        )
        self.surroundings.changes.announce(
            ObjectCreated(
                bucket.name,
                parameters["Key"],
                described["ContentLength"],
                described["ETag"].strip('"'),
                bucket.next_sequencer(now),
                output.get("VersionId") if bucket.is_versioned else None,
                f"ObjectCreated:{event_name}",
            )
        )

    def removed(self, bucket: RemoteBucket, object_key: str, told: Output, now: Instant) -> None:
        """Announce that an object is gone, or hidden behind a delete marker."""
        is_marker = bool(told.get("DeleteMarker")) and bucket.is_versioned
        version_id = told.get("DeleteMarkerVersionId") or told.get("VersionId")
        event_name = "ObjectRemoved:DeleteMarkerCreated" if is_marker else "ObjectRemoved:Delete"
        self.surroundings.changes.announce(
            ObjectRemoved(
                bucket.name,
                object_key,
                bucket.next_sequencer(now),
                version_id if bucket.is_versioned else None,
                event_name,
            )
        )


def _create_bucket(s3: RemoteS3, parameters: Parameters, _now: Instant) -> Output:
    output = s3.connection.call("CreateBucket", parameters)
    name = parameters["Bucket"]
    s3.buckets.setdefault(name, RemoteBucket(name, s3.connection))
    return output


def _delete_bucket(s3: RemoteS3, parameters: Parameters, _now: Instant) -> Output:
    output = s3.connection.call("DeleteBucket", parameters)
    s3.buckets.pop(parameters["Bucket"], None)
    return output


def _put_bucket_versioning(s3: RemoteS3, parameters: Parameters, _now: Instant) -> Output:
    output = s3.connection.call("PutBucketVersioning", parameters)
    if parameters["Bucket"] in s3.buckets:
        s3.buckets[parameters["Bucket"]].is_versioned = True
    return output


def _creating(name: str, event_name: str) -> Operation:
    def create(s3: RemoteS3, parameters: Parameters, now: Instant) -> Output:
        sent: Any = parameters
        if "Body" in parameters:
            sent = {**parameters, "Body": as_bytes(parameters["Body"])}
        output = s3.connection.call(name, sent)
        s3.created(parameters, output, event_name, now)
        return output

    return create


def _get_object(s3: RemoteS3, parameters: Parameters, _now: Instant) -> Output:
    output = s3.connection.call("GetObject", parameters)
    output["Body"] = BytesIO(output["Body"])
    return output


def _delete_object(s3: RemoteS3, parameters: Parameters, now: Instant) -> Output:
    bucket = s3.buckets.get(parameters["Bucket"])
    was_there = bucket is not None and (bucket.is_versioned or bucket.has(parameters["Key"]))
    output = s3.connection.call("DeleteObject", parameters)
    if bucket is not None and was_there:
        s3.removed(bucket, parameters["Key"], output, now)
    return output


def _delete_objects(s3: RemoteS3, parameters: Parameters, now: Instant) -> Output:
    bucket = s3.buckets.get(parameters["Bucket"])
    entries = parameters["Delete"]["Objects"]
    # Unlike DeleteObject this one announces also what was not there, if no version is asked for.
    announced = {
        entry["Key"]
        for entry in entries
        if bucket is not None
        and ("VersionId" not in entry or bucket.is_versioned or bucket.has(entry["Key"]))
    }
    # A quiet answer names nothing, and what became of each is to be announced.
    asked = {**parameters, "Delete": {**parameters["Delete"], "Quiet": False}}
    output = s3.connection.call("DeleteObjects", asked)
    for deleted in output.get("Deleted", ()):
        if bucket is not None and deleted["Key"] in announced:
            s3.removed(bucket, deleted["Key"], deleted, now)
    if parameters["Delete"].get("Quiet"):
        output.pop("Deleted", None)
    return output


_OPERATIONS = operations(
    KNOWN,
    {
        "CompleteMultipartUpload": _creating("CompleteMultipartUpload", "CompleteMultipartUpload"),
        "CopyObject": _creating("CopyObject", "Copy"),
        "CreateBucket": _create_bucket,
        "DeleteBucket": _delete_bucket,
        "DeleteObject": _delete_object,
        "DeleteObjects": _delete_objects,
        "GetObject": _get_object,
        "PutBucketVersioning": _put_bucket_versioning,
        "PutObject": _creating("PutObject", "Put"),
    },
)
